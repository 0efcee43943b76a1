import Foundation
import Refrain
import RefrainRuns
import RefrainTables

/// How a training on a table is told.
extension TableMaterial: CommandMaterial {
  static let plural = "tables"
  static let predicate = "is a table"
  static let files = "a table"

  var words: MaterialWords {
    MaterialWords(
      title: "Table", element: "step", shortElements: "steps", speed: "steps_per_second",
      fewSteps: (200, "most tables need some hundreds"))
  }

  func lines(of run: TableRun) -> [String] {
    [
      "\(rows.training.of("row")) for training"
        + (rows.validation > 0 ? ", \(rows.validation.of("row")) for validation" : "")
        + (data.split.test.isEmpty ? "." : ", \(data.split.test.count.of("row")) for testing.")
    ]
  }

  func measures(_ loss: Double, of description: ModelDescription) -> String {
    data.task.measures(loss)
  }

  var columns: [(name: String, width: Int)] { [("right", 8)] }

  func cells(_ report: EvaluationReport, _ sample: [TableSample]?) -> [String] {
    guard let sample, !data.task.predictsNumbers else { return ["-"] }
    return ["\(sample.count { $0.answer.text == $0.target }) of \(sample.count)"]
  }

  /// Rows of a sample that are shown; all of them are in the run folder.
  private static let shownRows = 3

  static func lines(of samples: [TableSample]) -> [String] {
    samples.prefix(shownRows).map {
      "| " + $0.input.onOneLine(28) + "  →  " + $0.answer.text.onOneLine(28)
        + ($0.answer.text == $0.target ? "" : "  (right: " + $0.target.onOneLine(28) + ")")
    }
  }

  static func commandToGenerate(_ run: TableRun) -> String {
    let (data, path) = (run.material.data, run.folder.path.quotedForShell)
    let table = data.table.path.quotedForShell
    return data.split.test.isEmpty && run.material.validation == nil
      ? "refrain predict \(path) \(table)"
      : "refrain evaluate \(path)"
  }

  func json(of run: TableRun) -> [(String, JSONValue)] {
    [
      ("scheme", .string(data.task.scheme.rawValue)), ("task", .string(data.task.inWords)),
      ("training_rows", .integer(rows.training)), ("validation_rows", .integer(rows.validation)),
      ("test_rows", .integer(data.split.test.count)),
    ]
  }

  static func json(of samples: [TableSample]) -> (event: String, members: [(String, JSONValue)]) {
    (
      "sample",
      [
        (
          "rows",
          .array(
            samples.map {
              [
                "read": .string($0.input), "right": .string($0.target),
                "said": .string($0.answer.text),
              ]
            })
        )
      ]
    )
  }
}

extension TableTask {
  /// Whether numbers are predicted.
  var predictsNumbers: Bool { target.kind == .numbers || target.kind == .sequence }

  /// A loss with what it is measured in.
  func measures(_ loss: Double) -> String {
    switch target.kind {
    case .numbers, .sequence:
      "\(loss.fixed(4)) of the variance (\(loss.squareRoot().fixed(3)) deviations)"
    case .label: "\(loss.fixed(4)) nats per row"
    case .labels: "\(loss.fixed(4)) nats for a row's labels"
    case .character, .word, .byte, .symbols:
      "\(loss.fixed(4)) nats per token (perplexity \(exp(loss).short))"
    }
  }
}

extension String {
  /// Its first line, cut after `most` characters.
  func onOneLine(_ most: Int) -> String {
    let visible = String(String.UnicodeScalarView(unicodeScalars.map(\.visible)))
    return visible.count > most ? visible.prefix(most - 1) + "…" : visible
  }
}
