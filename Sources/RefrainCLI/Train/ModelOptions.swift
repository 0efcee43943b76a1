import ArgumentParser

/// The network.
struct ModelOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The unit (default: lstm); peephole: an LSTM whose gates see its cell; coupled: an "
        + "LSTM whose input gate is what its forget gate leaves; mingru, minlstm: units whose gates "
        + "see the input only, which makes them fast; mogrifier: an LSTM before which input and "
        + "output alter each other, slow (text: with --embedding). Without a memory, for text and tables: "
        + "tcn: convolutions over three steps that lie 1, 2, 4 and so on apart from layer to layer; "
        + "window: a layer that sees the last 16 steps, and dense ones.",
      valueName: "unit"))
  var cell: CellName?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Units of each layer, from 1 (default: 128; music and notes: 256).",
      valueName: "n"))
  var hidden: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Layers, 1 to 100 (default: 2; notes, tables: 1); n of tcn see 2^(n+1) - 1 steps.",
      valueName: "n"))
  var layers: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Text, tables: size of each token's learned vector; 0: tokens of text are one-hot, for tcn and "
        + "window 64 (default: 0; tables: 64).",
      valueName: "n"))
  var embedding: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of each layer's output dropped while training, 0 to less than 1; for "
        + "music, of what is read as well (default: 0; music: 0.1; notes: 0.3).",
      valueName: "p"))
  var dropout: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Notes: share of the keys that are read dropped while training, 0 to less than 1 (default: "
        + "0.1).",
      valueName: "p"))
  var inputDropout: Double?

  @Flag(
    inversion: .prefixedNo,
    help: "Notes: normalises each key by how often it is down (default: no).")
  var batchNorm: Bool?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Begin with the weights of this run or model file, which learned the same kind of thing, and "
        + "with its network; for music, with its frames too; for notes, with its grid.",
      valueName: "model"))
  var startFrom: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Music: Gaussians that the next frame is drawn from, 1 to 64 (default: 4).",
      valueName: "n"))
  var components: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Music: how far what is read strays while training, 0 to 10 (default: 0.1).",
      valueName: "deviation"))
  var noise: Double?
}
