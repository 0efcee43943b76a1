import ArgumentParser

/// What is compared, and for how long.
struct CompareOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The units, with commas between them, of those that “refrain train --cell” knows: "
        + CellName.allCases.map(\.rawValue).joined(separator: ", ")
        + " (text: mogrifier with --embedding) (default: "
        + usualUnits.map(\.rawValue).joined(separator: ",")
        + ", the last two not where a decoder speaks).",
      valueName: "list"))
  var cells: String?

  static let usualUnits: [CellName] = [.rnn, .lstm, .gru, .mingru, .tcn, .window]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Minutes that each is trained, such as 0.5 (default: 2, unless --steps is given).",
      valueName: "minutes"))
  var minutes: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Steps that each is trained (default: none).", valueName: "n"))
  var steps: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Units of each layer of the LSTM whose number of parameters all come near to, from 1 (default: 128).",
      valueName: "n"))
  var hidden: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Layers, 1 to 100; tcn takes more where it needs them to see --sequence-length steps, "
        + "or the longest row (default: 2; tables: 1).",
      valueName: "n"))
  var layers: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Size of each token's learned vector; 0: tokens of text are one-hot, for tcn and window 64 (default: "
        + "0; tables: 64).",
      valueName: "n"))
  var embedding: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of each layer's output dropped while training, 0 to less than 1 (default: 0).",
      valueName: "p"))
  var dropout: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Text: what a token is: a character, a word or a byte (default: char).", valueName: "kind"))
  var tokens: TokensName?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Text of words: the largest vocabulary, 3 or more (default: no limit).", valueName: "n"))
  var vocabularySize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Text of words, tables: words and symbols that come up less often become <unk> (default: 1; "
        + "tables: 2).", valueName: "n"))
  var minimumCount: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What the units are compared on: a share of the tail, above 0 and below 1, for tables of rows drawn "
        + "by chance; or a file (default: 0.1).",
      valueName: "share|file"))
  var validation: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps between two evaluations, the points of the picture (default: 125 for each of the --minutes, "
        + "but 50 to 250; a twentieth of the --steps if that is less).",
      valueName: "steps"))
  var evaluateEvery: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The picture of the losses over time.", valueName: "file.svg"))
  var output = "comparison.svg"

  @Flag(help: "Print one JSON object per unit instead.")
  var json = false
}
