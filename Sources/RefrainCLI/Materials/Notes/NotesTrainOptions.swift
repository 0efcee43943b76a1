import ArgumentParser

/// What only a training on notes is asked for.
struct NotesTrainOptions: ParsableArguments {
  @Option("n", "Time steps per quarter note, 1 to 64 (default: 4; JSON collections: 1).")
  var grid: Int?

  @Option(
    "semitones",
    "Also trains on each piece transposed by up to this many semitones down and up, 0 to 12 (default: "
      + "0).")
  var transpose: Int?

  @Option(
    "p",
    "Probability with which each input key is dropped during training, 0 to less than 1 (default: 0.1)."
  )
  var inputDropout: Double?

  @Flag(
    inversion: .prefixedNo,
    help: "Puts batch normalisation before the first layer (default: no).")
  var batchNorm: Bool?
}
