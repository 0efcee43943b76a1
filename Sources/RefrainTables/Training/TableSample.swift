/// What a model answers to a row, beside what is right.
public struct TableSample: Equatable, Sendable, CustomStringConvertible {
  /// What is read, as people write it.
  public let input: String
  /// What is right, as people write it.
  public let target: String
  /// What the model answers.
  public let answer: TableAnswer

  /// Three lines: what is read, what is right, and what the model answers.
  public var description: String {
    "read:  \(input)\nright: \(target)\nsaid:  \(answer.text)"
  }
}

/// Predicts the same few rows again and again.
struct TableSampleMaker {
  /// Rows of a sample.
  private static let most = 8

  private let predictor: TablePredictor
  private let table: Table
  private let inputs: [String]
  private let targets: [String]

  /// - Parameters:
  ///   - table: what the rows are taken from.
  ///   - places: the rows that may be taken, at least one.
  init(_ predictor: TablePredictor, table: Table, places: [Int]) throws {
    let count = min(Self.most, places.count)
    let chosen = (0..<count).map { places[$0 * places.count / count] }
    self.predictor = predictor
    self.table = table.rows(at: chosen)
    let rows = try TableRows(predictor.task.inputSide, predictor.task.targetSide, self.table)
    inputs = rows.inputs.map(\.written)
    targets = rows.targets.map(\.written)
  }

  func make() throws -> [TableSample] {
    let answers = try predictor.answers(to: table)
    return answers.indices.map {
      TableSample(input: inputs[$0], target: targets[$0], answer: answers[$0])
    }
  }
}
