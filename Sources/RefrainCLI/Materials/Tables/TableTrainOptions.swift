public import ArgumentParser
public import Refrain
public import RefrainTables

extension RowKind: ExpressibleByArgument {}
extension Scheme: ExpressibleByArgument {}
extension TableModel.Pooling: ExpressibleByArgument {}

/// What only a training on a table is asked for.
struct TableTrainOptions: ParsableArguments {
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

  @Option("scheme", "How what is read and what is said line up in time (default: recognised).")
  var scheme: Scheme?

  @Option(
    "kind",
    "What is read: text by char, word or byte, symbols between spaces, a label, a set of "
      + "labels, numbers, a sequence of numbers (default: recognised).")
  var inputKind: RowKind?

  @Option("kind", "What is said, of the same kinds (default: recognised).")
  var targetKind: RowKind?

  @Option("name", "A column whose equal values are never parted between learning and validating.")
  var groupColumn: String?

  @Option("name", "A column that says which part a row is of: train, validation or test.")
  var partColumn: String?

  @Option("share", "A share of the rows that is kept for “refrain evaluate” (default: 0).")
  var test: Double?

  @Option("n", "Steps that are read of a row at most; longer rows are left out (default: 1000).")
  var longestInput: Int?

  @Option("n", "Steps that are said of a row at most; longer rows are left out (default: 200).")
  var longestTarget: Int?

  @Flag(
    inversion: .prefixedNo,
    help: "Whether rows are read from both ends (default: those of tokens are, by recurrent units)."
  )
  var bidirectional: Bool?

  @Option(
    "step",
    "Many to one: what becomes of all steps, their last, mean or max (default: the max "
      + "where rows are read from both ends, or by tcn or window, else the last).")
  var pooling: TableModel.Pooling?

  @Option(
    "n",
    "Many to many with a delay: values of the attention to all that was read; 0: none "
      + "(default: as --hidden).")
  var attention: Int?
}

extension TableTrainOptions {
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
