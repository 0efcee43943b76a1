public import ArgumentParser
public import Refrain
public import RefrainTables

extension RowKind: ExpressibleByArgument {}
extension Scheme: ExpressibleByArgument {}
extension TableModel.Pooling: ExpressibleByArgument {}

/// What is learned from a table.
struct TableOptions: ParsableArguments {
  @Option(
    name: .customLong("target-column"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The column that should be said, and with it: learn from a table, rather than from its text. May "
        + "be repeated for several numbers.",
      valueName: "name"))
  var targets: [String] = []

  @Option(
    name: .customLong("input-column"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A column that is read; may be repeated (default: all that are not said).",
      valueName: "name"))
  var inputs: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How what is read and what is said line up in time (default: recognised).",
      valueName: "scheme"))
  var scheme: Scheme?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What is read: text by char, word or byte, symbols between spaces, a label, a set of labels, "
        + "numbers, a sequence of numbers (default: recognised).",
      valueName: "kind"))
  var inputKind: RowKind?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What is said, of the same kinds (default: recognised).",
      valueName: "kind"))
  var targetKind: RowKind?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A column whose equal values are never parted between learning and validating.",
      valueName: "name"))
  var groupColumn: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A column that says which part a row is of: train, validation or test.",
      valueName: "name"))
  var partColumn: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A share of the rows that is kept for “refrain evaluate” (default: 0).",
      valueName: "share"))
  var test: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps that are read of a row at most; longer rows are left out (default: 1000).",
      valueName: "n"))
  var longestInput: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps that are said of a row at most; longer rows are left out (default: 200).",
      valueName: "n"))
  var longestTarget: Int?

  @Flag(
    inversion: .prefixedNo,
    help: "Whether rows are read from both ends (default: those of tokens are, by recurrent units)."
  )
  var bidirectional: Bool?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Many to one: what becomes of all steps, their last, mean or max (default: the max where rows are "
        + "read from both ends, or by tcn or window, else the last).",
      valueName: "step"))
  var pooling: TableModel.Pooling?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Many to many with a delay: values of the attention to all that was read; 0: none (default: as "
        + "--hidden).",
      valueName: "n"))
  var attention: Int?
}

extension TableOptions {
  /// The columns, as a configuration file has them.
  var targetColumns: [String]? {
    get { targets.isEmpty ? nil : targets }
    set { targets = newValue ?? [] }
  }
  /// The columns that are read, as a configuration file has them.
  var inputColumns: [String]? {
    get { inputs.isEmpty ? nil : inputs }
    set { inputs = newValue ?? [] }
  }
}
