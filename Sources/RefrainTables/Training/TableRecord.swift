public import Refrain
public import RefrainRuns

/// What a model file tells of the table that the model was trained on.
public struct TableRecord: MaterialRecord, Equatable {
  /// What is learned.
  public let task: TableTask
  /// The table.
  public let table: InputFile
  /// A table of its own to validate on.
  public let validation: InputFile?
  /// How the table's rows are divided.
  let parts: TableParts
  /// Steps between two samples; 0: one at each evaluation.
  public var sampleEvery: Int
  /// Models of the last evaluations to keep; nil: none.
  public var keep: Int?

  /// Elements that no row has more of.
  private static let mostElements = 1 << 24

  /// Whether the numbers belong to each other and to the network: a file can say anything.
  public func isPossible(with description: ModelDescription) -> Bool {
    task.fits(description) && parts.validation >= 0 && parts.test >= 0
      && parts.validation + parts.test < 1
      && (1...Self.mostElements).contains(task.longestInput)
      && (1...Self.mostElements).contains(task.longestTarget) && !task.inputs.isEmpty
      && !task.targets.isEmpty
  }
}
