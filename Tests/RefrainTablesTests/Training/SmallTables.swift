import Foundation
import Refrain
import RefrainRuns
import RefrainTables
import TestSupport

/// Small tables, one for each scheme and kind of answer, whose rule a small network learns in a moment.
enum SmallTable: String, CaseIterable {
  case numbersToClass
  case numbersToNumbers
  case textToClass
  case textToSet
  case sequenceToNumber
  case symbolsToTags
  case textToSymbols
  case classToText

  var name: String {
    switch self {
    case .sequenceToNumber, .symbolsToTags: "t.jsonl"
    default: "t.csv"
    }
  }

  /// Each rule, many times.
  var text: String {
    switch self {
    case .numbersToClass:
      "a,b,y\n" + rows(80) { "\($0 % 9),\($0 % 7),\($0 % 9 > $0 % 7 ? "more" : "less")" }
    case .numbersToNumbers:
      "a,b,y,z\n" + rows(80) { "\($0 % 9),\($0 % 7),\(10 * ($0 % 9) + 3),\($0 % 9 - $0 % 7)" }
    case .textToClass:
      "x,y\n" + rows(80) { "\(filler($0))\($0 % 2 == 0 ? "good" : "bad")\($0),\($0 % 2)x" }
    case .textToSet:
      "x,y\n" + rows(80) { "\(Self.sets[$0 % 4].0) \($0),\(Self.sets[$0 % 4].1)" }
    case .sequenceToNumber:
      rows(80) { row in
        let values = (0...(row % 5)).map { Double(($0 + row) % 4) / 4 }
        return "{\"x\": \(values), \"m\": \(values.map { 1 - $0 }), \"y\": \(values.reduce(0, +))}"
      }
    case .symbolsToTags:
      rows(80) { row in
        let words = (0...(row % 4)).map { ["the", "dog", "runs"][($0 * $0 + row) % 3] }
        let tags = words.map { ["the": "D", "dog": "N", "runs": "V"][$0] ?? "" }
        return "{\"x\": \(words), \"y\": \(tags)}"
      }
    case .textToSymbols:
      "x,y\n"
        + rows(120) { row in
          let letters = Array(String(row * row, radix: 3))
          return "\(String(letters)),"
            + letters.reversed().map { ["0": "Z", "1": "O O", "2": "T"][$0] ?? "" }
            .joined(separator: " ")
        }
    case .classToText:
      "x,y\n" + rows(40) { ["cat,purr", "dog,bark now", "cow,moo"][$0 % 3] }
    }
  }

  var columns: TableColumns {
    switch self {
    case .numbersToNumbers: TableColumns(inputs: ["a", "b"], targets: ["y", "z"])
    case .textToSet:
      {
        var columns = TableColumns(targets: ["y"])
        columns.targetKind = .labels
        return columns
      }()
    case .textToSymbols:
      {
        var columns = TableColumns(targets: ["y"])
        (columns.inputKind, columns.targetKind) = (.character, .symbols)
        columns.scheme = .manyToManyDelayed
        return columns
      }()
    case .classToText:
      {
        var columns = TableColumns(targets: ["y"])
        columns.scheme = .oneToMany
        return columns
      }()
    default: TableColumns(targets: ["y"])
    }
  }

  var scheme: Scheme {
    switch self {
    case .numbersToClass, .numbersToNumbers: .oneToOne
    case .textToClass, .textToSet, .sequenceToNumber: .manyToOne
    case .symbolsToTags: .manyToMany
    case .textToSymbols: .manyToManyDelayed
    case .classToText: .oneToMany
    }
  }

  /// A training that ends soon.
  func request(in scratch: Scratch, epochs: Int = 60) throws -> TableTrainingRequest {
    var request = TableTrainingRequest(
      table: try scratch.write(text.utf8, name), columns: columns)
    (request.model.hidden, request.model.embedding, request.model.cell) = (16, 8, .gru)
    request.configuration.batchSize = 8
    request.configuration.learningRate = 0.01
    request.limits = TrainingLimits(epochs: epochs)
    // All rows are known: it is asked whether the rule is learned at all.
    request.validation = .share(0)
    request.threads = 1
    return request
  }

  private static let sets = [("red big", "r b"), ("red", "r"), ("big", "b"), ("none", "")]

  private func rows(_ count: Int, _ row: (Int) -> String) -> String {
    (0..<count).map { row($0) + "\n" }.joined()
  }

  private func filler(_ row: Int) -> String { String(repeating: "so ", count: row % 3) }
}

extension TableRun {
  /// Trains to the end and returns the last loss that was reported.
  func train() async throws -> Double {
    var loss = Double.infinity
    for try await event in self {
      if case .training(.step(let report)) = event { loss = report.loss }
    }
    return loss
  }
}
