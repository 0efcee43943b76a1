import ArgumentParser
import Refrain

/// What is compared, and for how long.
struct CompareOptions: ParsableArguments {
  @Option(
    "list",
    "The units, with commas between them, of those that “refrain train --cell” knows: "
      + CellName.allCases.map(\.rawValue).joined(separator: ", ") + " (text: "
      + SequenceUnit.builtIn.filter(\.needsEmbedding).map(\.description).joined(separator: ", ")
      + " with --embedding) (default: "
      + usualUnits.map(\.description).joined(separator: ",")
      + ", the last two not where a decoder speaks).")
  var cells: String?

  static let usualUnits: [SequenceUnit] = [.rnn, .lstm, .gru, .recurrent(.minGRU), .tcn, .window]

  @Option(
    "minutes", "Minutes that each is trained, such as 0.5 (default: 2, unless --steps is given).")
  var minutes: Double?

  @Option("n", "Steps that each is trained (default: none).")
  var steps: Int?

  @Option(
    "n",
    "Units of each layer of the LSTM whose number of parameters all come near to, from 1 "
      + "(default: 128).")
  var hidden: Int?

  @Option(
    "n",
    "Layers, 1 to 100; tcn takes more where it needs them to see --sequence-length steps, or "
      + "the longest row (default: 2; tables: 1).")
  var layers: Int?

  @Option(
    "n",
    "Size of each token's learned vector; 0: tokens of text are one-hot, for tcn and window "
      + "64 (default: 0; tables: 64).")
  var embedding: Int?

  @Option(
    "p", "Share of each layer's output dropped while training, 0 to less than 1 (default: 0).")
  var dropout: Double?

  @Option("kind", "Text: what a token is: a character, a word or a byte (default: char).")
  var tokens: TokensName?

  @Option("n", "Text of words: the largest vocabulary, 3 or more (default: no limit).")
  var vocabularySize: Int?

  @Option(
    "n",
    "Text of words, tables: words and symbols that come up less often become <unk> (default: "
      + "1; tables: 2).")
  var minimumCount: Int?

  @Option(
    "share|file",
    "What the units are compared on: a share of the tail, above 0 and below 1, for "
      + "tables of rows drawn by chance; or a file (default: 0.1).")
  var validation: String?

  @Option(
    "steps",
    "Steps between two evaluations, the points of the picture (default: 125 for each of "
      + "the --minutes, but 50 to 250; a twentieth of the --steps if that is less).")
  var evaluateEvery: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The picture of the losses over time.", valueName: "file.svg"))
  var output = "comparison.svg"

  @Flag(help: "Print one JSON object per unit instead.")
  var json = false
}
