import ArgumentParser

/// The network.
struct ModelOptions: ParsableArguments {
  @Option(
    "unit",
    "The unit (default: lstm); " + CellName.explanations(ofRecurrent: true)
      + ". Without a memory, for text and tables: " + CellName.explanations(ofRecurrent: false)
      + ".")
  var cell: CellName?

  @Option("n", "Units of each layer, from 1 (default: 128; music and notes: 256).")
  var hidden: Int?

  @Option("n", "Layers, 1 to 100 (default: 2; notes, tables: 1); n of tcn see 2^(n+1) - 1 steps.")
  var layers: Int?

  @Option(
    "n",
    "Text, tables: size of each token's learned vector; 0: tokens of text are one-hot, for "
      + "tcn and window 64 (default: 0; tables: 64).")
  var embedding: Int?

  @Option(
    "p",
    "Share of each layer's output dropped while training, 0 to less than 1; for music, of "
      + "what is read as well (default: 0; music: 0.1; notes: 0.3).")
  var dropout: Double?

  @Option(
    "model",
    "Begin with the weights of this run or model file, which learned the same kind of "
      + "thing, and with its network; for music, with its frames too; for notes, with its grid.")
  var startFrom: String?
}
