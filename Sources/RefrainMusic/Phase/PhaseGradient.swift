/// How phase turns from frame to frame and from bin to bin, told from the logarithms of magnitudes.
///
/// For a Gaussian window the phase's derivatives are those of the logarithmic magnitude, crossed: along
/// time from differences along frequency, and the other way round. For the turns from bin to bin a Hann
/// window is near enough to the Gaussian `exp(−π t² / γ)` with `γ = 0.25645 · window²`.
///
/// How a tone turns from frame to frame follows from the Hann window itself: `δ` bins above the middle of
/// one, its neighbours' magnitudes are as `(1 + δ)(2 + δ)` to `(1 − δ)(2 − δ)`. With `t = tanh(d / 2)`, `d`
/// the difference of their logarithms, that is `δ = 4t / (3 + √(9 − 8t²))`: a third of `d` where it is
/// small, where the Gaussian has 0.31, and never above 1. With a window shorter than the transform it is
/// an approximation, as the Gaussian is.
///
/// Průša, Balazs and Søndergaard, *A noniterative method for reconstruction of phase from STFT
/// magnitude* (2017), section III. Phases are in turns, and as the transform counts them: from the start of
/// its `fftSize` samples, half of which lie before the window's middle.
struct PhaseGradient: Sendable {
  /// D, the values of a frame.
  let bins: Int
  /// What a small difference between the bins on both sides (of logarithms) turns the phase by, per
  /// frame.
  private let perFrame: Float
  /// What a difference between neighbouring frames turns the phase by, per bin.
  private let perBin: Float
  /// What the middle of each bin turns in one hop. `[D]`
  private let rotation: [Float]

  init(_ settings: SpectrogramSettings) {
    let gamma = 0.25645 * Double(settings.window * settings.window)
    let scale = Double(settings.hop * settings.fftSize) / (2 * .pi * gamma)
    bins = settings.bins
    perFrame = Float(
      Double(settings.hop * settings.fftSize) / Double(3 * settings.window * settings.window))
    perBin = Float(-1 / (scale * 4 * .pi * .pi))
    rotation = (0..<bins).map { bin in
      Float((settings.hop * bin) % settings.fftSize) / Float(settings.fftSize)
    }
  }

  /// The logarithms of a frame's magnitudes, which count as `floor` at least, a positive normal number.
  func logarithms(of frame: Span<Float>, floor: Float, into logs: inout MutableSpan<Float>) {
    precondition(frame.count == logs.count)
    for i in 0..<frame.count { logs[i] = naturalLogarithm(max(frame[i], floor)) }
  }

  /// The turns from one frame to the next at each bin of a frame with these logarithms. `[D] → [D]`
  func alongTime(_ logs: Span<Float>, into turns: inout MutableSpan<Float>) {
    precondition(logs.count == bins && turns.count == bins)
    // A real sound's spectrum is mirrored at both ends, so there the difference is 0.
    turns[0] = rotation[0]
    turns[bins - 1] = rotation[bins - 1]
    let rotation = rotation.span
    for m in 1..<max(1, bins - 1) {
      let t = hyperbolicTangent(0.5 * (logs[m + 1] - logs[m - 1]))
      turns[m] = rotation[m] + perFrame * 12 * t / (3 + (9 - 8 * t * t).squareRoot())
    }
  }

  /// The turns from one bin to the next, from the logarithms of three frames, of which the differences are
  /// taken with `weights` (per frame). `[D] → [D]`
  func alongFrequency(
    _ first: Span<Float>, _ second: Span<Float>, _ third: Span<Float>,
    weights: (Float, Float, Float), into turns: inout MutableSpan<Float>
  ) {
    precondition(
      first.count == bins && second.count == bins && third.count == bins && turns.count == bins)
    for m in 0..<bins {
      let difference = weights.0 * first[m] + weights.1 * second[m] + weights.2 * third[m]
      turns[m] = 0.5 + perBin * difference
    }
  }
}
