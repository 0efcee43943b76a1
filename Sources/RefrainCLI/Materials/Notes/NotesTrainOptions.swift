import ArgumentParser

/// What only a training on notes is asked for.
struct NotesTrainOptions: ParsableArguments {
  @Option("n", "Moments that a quarter note is cut into, 1 to 64 (default: 4, for a collection 1).")
  var grid: Int?

  @Option(
    "half-tones",
    "Learns each piece in every transposition up to so many half-tones down and up, "
      + "0 to 12 (default: 0).")
  var transpose: Int?

  @Option(
    "p", "Share of the keys that are read dropped while training, 0 to less than 1 (default: 0.1).")
  var inputDropout: Double?

  @Flag(
    inversion: .prefixedNo,
    help: "Normalises each key by how often it is down (default: no).")
  var batchNorm: Bool?
}
