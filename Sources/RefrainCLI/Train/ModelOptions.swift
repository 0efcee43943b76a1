import ArgumentParser

/// The network.
struct ModelOptions: ParsableArguments {
  @Option(
    "unit",
    "Kind of unit (default: lstm). rnn, lstm and gru are the usual ones; "
      + CellName.explanations(ofRecurrent: true)
      + ". For text and tables, also networks that are not recurrent: "
      + CellName.explanations(ofRecurrent: false) + ".")
  var cell: CellName?

  @Option("n", "Units per layer, 1 or more (default: 128; music and notes: 256).")
  var hidden: Int?

  @Option(
    "n",
    "Number of layers, 1 to 100, for tables from 0 (default: 2; notes, tables: 1). With tcn, up to ten "
      + "layers see 2^(n+1) - 1 steps.")
  var layers: Int?

  @Option(
    "n",
    "Text, tables: size of the learned vector for each token; 0: one-hot, but 64 for tcn and window "
      + "(default: 0; tables: 64).")
  var embedding: Int?

  @Option(
    "p",
    "Probability with which each output of a layer is dropped during training, 0 to less than 1; for "
      + "music, inputs too (default: 0; music: 0.1; notes: 0.3).")
  var dropout: Double?

  @Option(
    "model",
    "Starts with the network and weights of this run or model file, which must be of the same "
      + "material; for music also with its frame settings, for notes with its grid. Not for tables "
      + "(default: random weights).")
  var startFrom: String?
}
