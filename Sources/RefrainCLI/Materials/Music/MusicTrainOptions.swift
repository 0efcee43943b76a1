import ArgumentParser

/// What only a training on music is asked for.
struct MusicTrainOptions: ParsableArguments {
  @Option(
    "hertz",
    "Sample rate that the sound is converted to, in samples per second, 4,000 to 384,000 (default: "
      + "22050).")
  var sampleRate: Int?

  @Flag(
    inversion: .prefixedNo,
    help: "Learns the left and the right channel instead of their mean (default: no).")
  var stereo: Bool?

  @Option(
    "samples",
    "Samples per frame of the spectrogram, a power of two from 64 to 65,536; a frame has half as many "
      + "values plus one (default: 2048).")
  var window: Int?

  @Option(
    "samples",
    "Samples from one frame to the next, 1 to half the window (default: a quarter of it).")
  var hop: Int?

  @Option(
    "n", "Number of Gaussians in the mixture that predicts the next frame, 1 to 64 (default: 4).")
  var components: Int?

  @Option(
    "deviation",
    "Standard deviation of the noise added to the input in training, 0 to less than 10 (default: 0.1)."
  )
  var noise: Double?
}
