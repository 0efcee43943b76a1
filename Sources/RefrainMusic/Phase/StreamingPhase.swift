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
  /// How many channels have their sound made, from the phases of their common power: 1 or 2.
  public let channels: Int
  private let looksAhead: Bool
  private var phases: FramePhases
  private let transform: FrameTransform
  private var noise: RandomStream
  /// What overlaps with frames to come; the transform's samples before its window are not kept.
  /// `[channels, fftSize]`
  private var overlap: [Float]
  /// The channels of the last frame. `[channels, D]`
  private var newest: [Float]
  /// What each sample of a hop is multiplied with: the sum of the squared windows over it, inverted.
  /// `[hop]`
  private let weights: [Float]

  /// A stream of frames that were cut with `settings`.
  /// - Parameters:
  ///   - settings: how the sound was cut into frames.
  ///   - channels: 1 or 2.
  ///   - looksAhead: Whether a frame is made to sound only when the next has come, which makes it better.
  ///   - seed: Where the phases of what is too quiet to be heard come from.
  public init(
    _ settings: SpectrogramSettings, channels: Int = 1, looksAhead: Bool = true, seed: UInt64 = 0
  ) {
    precondition((1...2).contains(channels), "a stream has one or two channels")
    self.settings = settings
    self.channels = channels
    self.looksAhead = looksAhead
    latency = settings.fftSize / 2 - settings.windowOffset + (looksAhead ? settings.hop : 0)
    phases = FramePhases(settings, looksAhead: looksAhead)
    transform = FrameTransform(settings)
    noise = RandomStream(seed: seed, purpose: .noise)
    overlap = Array(repeating: 0, count: channels * settings.fftSize)
    newest = Array(repeating: 0, count: channels * settings.bins)
    var sums = [Float](repeating: 0, count: settings.hop)
    for (i, value) in transform.window.enumerated() { sums[i % settings.hop] += value * value }
    let least = max(0.01 * (sums.max() ?? 0), .leastNormalMagnitude)
    weights = sums.map { 1 / max($0, least) }
  }

  /// Takes the next frame and gives the next samples, one channel after the other.
  /// `[channels, D] → [channels, hop]`
  /// - Parameter magnitudes: Linear magnitudes.
  public mutating func append(_ magnitudes: [Float]) -> [Float] {
    precondition(magnitudes.count == channels * settings.bins, "a stream takes frames of D values")
    let power = power(of: magnitudes)
    let isReady = phases.append(power.span, noise: &noise)
    // With a look ahead it is the frame before whose phases are known now.
    let ready = looksAhead ? newest : magnitudes
    newest = magnitudes
    return (0..<channels).flatMap { channel in
      if isReady { synthesise(ready, channel) }
      return shift(channel)
    }
  }

  /// The rest of the sound, one channel after the other: what the last windows still hold, and the last
  /// frame's hop with the look ahead.
  public consuming func finish() -> [Float] {
    // The last frame has no next: it is taken to go on as it is.
    let last = looksAhead ? append(newest) : []
    let rest = settings.windowOffset..<settings.windowOffset + settings.window - settings.hop
    return (0..<channels).flatMap { channel in
      let own = channel * settings.fftSize
      let held = overlap[own + rest.lowerBound..<own + rest.upperBound]
      return last.dropFirst(channel * settings.hop).prefix(settings.hop)
        + held.enumerated().map { $1 * weights[$0 % settings.hop] }
    }
  }

  /// The magnitudes of both channels as one. `[D]`
  private func power(of magnitudes: [Float]) -> [Float] {
    if channels == 1 { return magnitudes }
    let bins = settings.bins
    return (0..<bins).map { bin in
      let (left, right) = (magnitudes[bin], magnitudes[bins + bin])
      return ((left * left + right * right) / 2).squareRoot()
    }
  }

  /// Adds a channel's sound of the frame whose phases are known.
  private mutating func synthesise(_ magnitudes: [Float], _ channel: Int) {
    let own = channel * settings.bins..<(channel + 1) * settings.bins
    transform.setPhases(phases.phases.span, magnitudes.span.extracting(own))
    let (transform, start) = (transform, channel * settings.fftSize)
    var overlap = overlap.mutableSpan
    transform.synthesise(addingTo: &overlap, at: start)
  }

  /// Gives the first hop of what is ready in a channel and moves the rest to its place.
  private mutating func shift(_ channel: Int) -> [Float] {
    let (hop, size) = (settings.hop, settings.fftSize)
    let own = channel * size
    let offset = own + settings.windowOffset
    let samples = (0..<hop).map { overlap[offset + $0] * weights[$0] }
    for i in own + hop..<own + size { overlap[i - hop] = overlap[i] }
    for i in own + size - hop..<own + size { overlap[i] = 0 }
    return samples
  }
}
