import ArgumentParser

/// What only a training on music is asked for.
struct MusicTrainOptions: ParsableArguments {
  @Option(
    "hertz", "Samples per second that the sound is brought to, 4,000 to 384,000 (default: 22050).")
  var sampleRate: Int?

  @Flag(
    inversion: .prefixedNo,
    help: "Hears left and right instead of their mean (default: no).")
  var stereo: Bool?

  @Option(
    "samples",
    "Samples that a frame is made of, a power of two from 64 to 65,536; a frame has "
      + "half as many values, and one (default: 2048).")
  var window: Int?

  @Option("samples", "Samples from frame to frame, at most half a window (default: a quarter).")
  var hop: Int?

  @Option("n", "Gaussians that the next frame is drawn from, 1 to 64 (default: 4).")
  var components: Int?

  @Option("deviation", "How far what is read strays while training, 0 to 10 (default: 0.1).")
  var noise: Double?
}
