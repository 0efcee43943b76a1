import Refrain

/// Magnitudes to sound while they come: one frame in, `hop` samples out, and no seam between them.
///
/// Real-time phase gradient heap integration (Průša and Søndergaard 2016): each frame's phases go on from
/// those of the frame before, and the windows overlap as they do in a whole sound.
///
/// Sample `i` of the sound is sample `i + latency` of the stream. The first ``latency`` samples fade in: a
/// sound that is to begin with its first frame's middle leaves them out.
public struct StreamingPhase: ~Copyable {
  /// How many samples later than in the sound a sample comes out: half a window, and a hop with the look
  /// ahead.
  public let latency: Int
  /// How the sound was cut.
  public let settings: SpectrogramSettings
  private let looksAhead: Bool
  private var phases: FramePhases
  private let transform: FrameTransform
  private var noise: RandomStream
  /// What overlaps with frames to come; the transform's samples before its window are not kept.
  /// `[fftSize]`
  private var overlap: [Float]
  /// What each sample of a hop is multiplied with: the sum of the squared windows over it, inverted.
  /// `[hop]`
  private let weights: [Float]

  /// A stream of frames that were cut with `settings`.
  /// - Parameters:
  ///   - looksAhead: Whether a frame is made to sound only when the next has come, which makes it better.
  ///   - seed: Where the phases of what is too quiet to be heard come from.
  public init(_ settings: SpectrogramSettings, looksAhead: Bool = true, seed: UInt64 = 0) {
    self.settings = settings
    self.looksAhead = looksAhead
    latency = settings.fftSize / 2 - settings.windowOffset + (looksAhead ? settings.hop : 0)
    phases = FramePhases(settings, looksAhead: looksAhead)
    transform = FrameTransform(settings)
    noise = RandomStream(seed: seed, purpose: .noise)
    overlap = Array(repeating: 0, count: settings.fftSize)
    var sums = [Float](repeating: 0, count: settings.hop)
    for (i, value) in transform.window.enumerated() { sums[i % settings.hop] += value * value }
    let least = max(0.01 * (sums.max() ?? 0), .leastNormalMagnitude)
    weights = sums.map { 1 / max($0, least) }
  }

  /// Takes the next frame and gives the next samples.
  /// - Parameters:
  ///   - magnitudes: Linear magnitudes. `[D]`
  ///   - samples: Where the samples are written. `[hop]`
  public mutating func append(_ magnitudes: Span<Float>, into samples: inout MutableSpan<Float>) {
    precondition(
      magnitudes.count == settings.bins && samples.count == settings.hop,
      "a stream takes frames of D values and gives hop samples for each")
    if phases.append(magnitudes, noise: &noise) {
      transform.setPhases(phases.phases.span, phases.magnitudes.span)
      let transform = transform
      var overlap = overlap.mutableSpan
      transform.synthesise(addingTo: &overlap, at: 0)
    }
    shift(into: &samples)
  }

  /// Takes the next frame and gives the next samples. `[D] → [hop]`
  public mutating func append(_ magnitudes: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: settings.hop)
    var samples = result.mutableSpan
    append(magnitudes.span, into: &samples)
    return result
  }

  /// The rest of the sound: what the last windows still hold, and the last frame's hop with the look
  /// ahead.
  public consuming func finish() -> [Float] {
    // The last frame has no next: it is taken to go on as it is.
    let last = looksAhead ? append(phases.newest) : []
    let window = settings.windowOffset..<settings.windowOffset + settings.window - settings.hop
    return last + overlap[window].enumerated().map { $1 * weights[$0 % settings.hop] }
  }

  /// Gives the first hop of what is ready and moves the rest to its place.
  private mutating func shift(into samples: inout MutableSpan<Float>) {
    let (hop, offset, weights) = (settings.hop, settings.windowOffset, weights)
    var overlap = overlap.mutableSpan
    for i in 0..<hop { samples[i] = overlap[offset + i] * weights[i] }
    for i in hop..<overlap.count { overlap[i - hop] = overlap[i] }
    for i in overlap.count - hop..<overlap.count { overlap[i] = 0 }
  }
}
