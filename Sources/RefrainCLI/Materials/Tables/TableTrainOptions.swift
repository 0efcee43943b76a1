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
      "The column to predict. With this option, the input is read as a table. May be repeated to predict "
        + "several columns of numbers.",
      valueName: "name"))
  var targets: [String] = []

  @Option(
    name: .customLong("input-column"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A column to read; may be repeated (default: all columns without another role).",
      valueName: "name"))
  var inputs: [String] = []

  @Option("scheme", "How input and output line up in time (default: recognised from the data).")
  var scheme: Scheme?

  @Option(
    "kind",
    "What the input columns contain: text as char, word or byte; symbols separated by spaces; a label; a "
      + "set of labels; numbers; a sequence of numbers (default: recognised from the data).")
  var inputKind: RowKind?

  @Option("kind", "What the target columns contain, as above (default: recognised from the data).")
  var targetKind: RowKind?

  @Option(
    "name",
    "Rows with the same value in this column all go to the same part: training, validation or test."
  )
  var groupColumn: String?

  @Option("name", "A column that contains the part of each row: train, validation or test.")
  var partColumn: String?

  @Option(
    "share", "Share of the rows that is kept for “refrain evaluate”, 0 to less than 1 (default: 0)."
  )
  var test: Double?

  @Option("n", "Longest input of a row in time steps; longer rows are left out (default: 1000).")
  var longestInput: Int?

  @Option("n", "Longest output of a row in time steps; longer rows are left out (default: 200).")
  var longestTarget: Int?

  @Flag(
    inversion: .prefixedNo,
    help: "Reads rows in both directions (default: yes for tokens read by recurrent units)."
  )
  var bidirectional: Bool?

  @Option(
    "step",
    "Many to one: what all time steps become: the last one, their mean or their maximum (default: max "
      + "with both directions, tcn or window; mean without layers; otherwise last).")
  var pooling: TableModel.Pooling?

  @Option(
    "n",
    "Many to many with a delay: size of the attention to the input; 0: no attention (default: the value "
      + "of --hidden).")
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
