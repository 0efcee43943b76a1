import ArgumentParser

/// The network.
struct ModelOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The recurrent unit (default: lstm); peephole: an LSTM whose gates see its cell; coupled: an "
        + "LSTM whose input gate is what its forget gate leaves; mingru, minlstm: units whose gates "
        + "see the input only, which makes them fast.",
      valueName: "unit"))
  var cell: CellName?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Units of each layer, from 1 (default: 128; music: 256).",
      valueName: "n"))
  var hidden: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Recurrent layers, 1 to 100 (default: 2).",
      valueName: "n"))
  var layers: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Text: size of each token's learned vector; 0: tokens are one-hot (default: 0).",
      valueName: "n"))
  var embedding: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Share of each layer's output dropped while training, 0 to less than 1; for "
        + "music, of what is read as well (default: 0; music: 0.1).",
      valueName: "p"))
  var dropout: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Begin with the weights of this run or model file, which learned the same kind of thing, and "
        + "with its network; for music, with its frames too.",
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
