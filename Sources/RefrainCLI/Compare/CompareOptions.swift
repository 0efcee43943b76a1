import ArgumentParser
import Refrain

/// What is compared, and for how long.
struct CompareOptions: ParsableArguments {
  @Option(
    "list",
    """
    The units to compare, separated by commas, of those that “refrain train --cell” explains: \
    \(names(SequenceUnit.builtIn, ", ")). On text, \
    \(names(SequenceUnit.builtIn.filter(\.needsEmbedding), ", ")) needs --embedding (default: \
    \(names(usualUnits, ",")); the last two only where the network has no decoder).
    """)
  var cells: String?

  static let usualUnits: [SequenceUnit] = [.rnn, .lstm, .gru, .recurrent(.minGRU), .tcn, .window]

  private static func names(_ units: [SequenceUnit], _ separator: String) -> String {
    units.map(\.description).joined(separator: separator)
  }

  @Option(
    "minutes", "Minutes to train each network, such as 0.5 (default: 2, unless --steps is given).")
  var minutes: Double?

  @Option("n", "Steps to train each network (default: no limit).")
  var steps: Int?

  @Option(
    "n",
    "Units per layer of the LSTM that sets the number of parameters, 1 or more (default: 128).")
  var hidden: Int?

  @Option(
    "n",
    "Number of layers, 1 to 100; tcn gets more if it needs them to see --sequence-length steps, or "
      + "the longest row (default: 2; tables: 1).")
  var layers: Int?

  @Option(
    "n",
    "Size of the learned vector for each token; 0: one-hot, but 64 for tcn and window (default: 0; "
      + "tables: 64).")
  var embedding: Int?

  @Option(
    "p",
    "Probability with which each output of a layer is dropped during training, 0 to less than 1 "
      + "(default: 0).")
  var dropout: Double?

  @Option("kind", "Text: what one token is: a character, a word or a byte (default: char).")
  var tokens: TokensName?

  @Option("n", "With --tokens word: the largest vocabulary, 3 or more (default: no limit).")
  var vocabularySize: Int?

  @Option(
    "n",
    "With --tokens word and for tables: words and symbols that occur fewer times become <unk> "
      + "(default: 1; tables: 2).")
  var minimumCount: Int?

  @Option(
    "share|file",
    "Data to compare the networks on: a share of the input, greater than 0 and less than 1 (text: "
      + "the end; tables: rows drawn at random), or a file (default: 0.1).")
  var validation: String?

  @Option(
    "steps",
    "Steps between two evaluations, which are the points of the picture (default: 125 times "
      + "--minutes, but at least 50 and at most 250; or --steps / 20 if that is less).")
  var evaluateEvery: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("File for the picture of the losses over time.", valueName: "file.svg"))
  var output = "comparison.svg"

  @Flag(help: "Prints one JSON object per network instead of text.")
  var json = false
}
