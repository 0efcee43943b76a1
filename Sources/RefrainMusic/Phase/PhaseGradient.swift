/// How phase turns from frame to frame and from bin to bin, told from the logarithms of magnitudes.
///
/// For a Gaussian window the phase's derivatives are those of the logarithmic magnitude, crossed: along
/// time from differences along frequency, and the other way round. A Hann window is near enough to the
/// Gaussian `exp(−π t² / γ)` with `γ = 0.25645 · window²`.
///
/// Průša, Balazs and Søndergaard, *A noniterative method for reconstruction of phase from STFT
/// magnitude* (2017), section III. Phases are in turns, and as the transform counts them: from the start of
/// its `fftSize` samples, half of which lie before the window's middle.
struct PhaseGradient: Sendable {
  /// D, the values of a frame.
  let bins: Int
  /// What a difference between neighbouring bins (of logarithms) turns the phase by, per frame.
  private let perFrame: Float
  /// What a difference between neighbouring frames turns the phase by, per bin.
  private let perBin: Float
  /// What the middle of each bin turns in one hop. `[D]`
  private let rotation: [Float]

  init(_ settings: SpectrogramSettings) {
    let gamma = 0.25645 * Double(settings.window * settings.window)
    let scale = Double(settings.hop * settings.fftSize) / (2 * .pi * gamma)
    bins = settings.bins
    perFrame = Float(scale)
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
      turns[m] = rotation[m] + 0.5 * perFrame * (logs[m + 1] - logs[m - 1])
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
