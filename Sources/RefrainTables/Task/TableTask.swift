public import Refrain

/// What a network learns from a table: the columns, how both sides become elements, and how they line up in
/// time. It is saved in the model file.
///
/// ```swift
/// let table = try TableFile.read("speakers.csv")
/// let task = try TableTask(TableColumns(targets: ["speaker"]), of: table)
/// let rows = try task.rows(of: table).corpus
/// ```
///
/// The scheme, where a user does not name one, follows from the two sides. Text, symbols and sequences of numbers
/// have several steps, everything else has one; so there are four cases, and the fifth is parted: a target of
/// symbols or numbers that has as many steps as the input in every row is predicted in step (many to many),
/// otherwise, and where it is a text, after the input's end (many to many, delayed).
///
/// The tokens, symbols and labels of all rows but those to test on are known; means and deviations are those of
/// the rows to train on.
public struct TableTask: Codable, Equatable, Sendable {
  /// The columns that are read.
  public let inputs: [String]
  /// The columns of what should be predicted.
  public let targets: [String]
  /// How both line up in time.
  public let scheme: Scheme
  /// What is read.
  public let input: RowFormat
  /// What is predicted.
  public let target: RowFormat
  /// The most elements of an input that is trained or evaluated on.
  public let longestInput: Int
  /// The most elements of a target that is trained or evaluated on.
  public let longestTarget: Int

  /// What `columns` ask for.
  ///
  /// - Parameters:
  ///   - columns: what is read and what is predicted.
  ///   - table: the table to learn from.
  ///   - split: which rows are trained on, at least one, and which are kept; nil: all are trained on.
  /// - Throws: ``TableError`` or ``TableTaskError``.
  public init(_ columns: TableColumns, of table: Table, split: RowSplit? = nil) throws {
    let layout = try TableLayout(columns, of: table)
    self.init(
      columns, layout, try TableRows(layout.input, layout.target, table),
      split ?? RowSplit(training: Array(table.lines.indices)))
  }

  /// - Parameter split: with at least one row to train on.
  init(_ columns: TableColumns, _ layout: TableLayout, _ rows: TableRows, _ split: RowSplit) {
    precondition(!split.training.isEmpty, "a task is made from the rows to train on")
    func format(_ side: TableSide, _ values: [RowValue], minimumCount: Int) -> RowFormat {
      RowFormat(
        side.kind, named: (split.training + split.validation).map { values[$0] },
        training: split.training.map { values[$0] }, minimumCount: minimumCount)
    }
    inputs = layout.input.columns
    targets = layout.target.columns
    scheme = layout.scheme
    input = format(layout.input, rows.inputs, minimumCount: columns.minimumCount)
    target = format(layout.target, rows.targets, minimumCount: 1)
    longestInput = columns.longestInput
    longestTarget = columns.longestTarget
  }

  var inputSide: TableSide { TableSide(columns: inputs, kind: input.kind) }
  var targetSide: TableSide { TableSide(columns: targets, kind: target.kind) }

  /// Whether a network of that description reads and predicts what this task has.
  public func fits(_ description: ModelDescription) -> Bool {
    let read: ModelDescription.Input =
      input.hasFrames ? .frames(input.size) : .tokens(input.size)
    guard description.scheme == scheme, (description.encoder?.input ?? description.input) == read
    else { return false }
    return description.output == output
      && description.outputSize == target.size + (scheme.hasDecoder ? 1 : 0)
  }

  /// What a network predicts.
  var output: ModelDescription.Output {
    switch target {
    // One more token begins what a decoder predicts, and ends it.
    case .text, .symbols, .label: .softmax(target.size + (scheme.hasDecoder ? 1 : 0))
    case .labels: .labels(target.size)
    case .numbers, .sequence: .linear(loss: .meanSquaredError)
    }
  }
}

/// The values of both sides of a table's rows.
struct TableRows {
  let inputs: [RowValue]
  let targets: [RowValue]

  /// - Throws: ``TableError`` or ``TableTaskError``.
  init(_ input: TableSide, _ target: TableSide, _ table: Table) throws {
    inputs = try input.values(in: table)
    targets = try target.values(in: table)
  }
}
