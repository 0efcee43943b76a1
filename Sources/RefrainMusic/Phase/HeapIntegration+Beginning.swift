import Refrain

/// How the heap begins where the sound does.
extension HeapIntegration {
  /// The first frame's phases, from which the others follow best; nil: from none, but from the loudest
  /// place. `[D]`
  ///
  /// It is tried out on the first ten frames with four fast Griffin-Lim iterations: with no phases given,
  /// and with those that are smoothest by fourth and by sixth differences (see ``MirroredFrame``).
  static func firstFrame(of spectrogram: Spectrogram) -> [Float]? {
    let settings = spectrogram.settings
    let frames = min(10, spectrogram.frameCount)
    guard frames > 1 else { return nil }
    let beginning = Spectrogram(
      settings: settings, magnitudes: Array(spectrogram.magnitudes.prefix(frames * settings.bins)))
    var best: [Float]?
    var least = distance(to: beginning, firstFrame: nil)
    for order in [4, 6] {
      let row = beginning.magnitudes.span.extracting(0..<settings.bins)
      let phases = MirroredFrame.phases(of: row, order: order)
      let distance = distance(to: beginning, firstFrame: phases)
      if distance < least { (best, least) = (phases, distance) }
    }
    return best
  }

  /// How far the sound made of `beginning` is from it, but for the last frames, in which it breaks off.
  private static func distance(to beginning: Spectrogram, firstFrame: [Float]?) -> Double {
    let frames = beginning.frameCount
    var noise = RandomStream(seed: 0, purpose: .noise)
    let phases = phases(
      of: beginning, isCircular: false, firstFrame: firstFrame, noise: &noise)
    let transform = ShortTimeFourierTransform(beginning.settings)
    var iteration = GriffinLim(
      beginning, phases: phases, count: frames * beginning.settings.hop - 1, transform: transform,
      foldsReflection: true)
    iteration.iterate(4, momentum: 0.99)
    let made = transform.spectrogram(of: iteration.result).magnitudes
    return (0..<max(1, frames - 4) * beginning.settings.bins).reduce(0) {
      let difference = Double(made[$1] - beginning.magnitudes[$1])
      return $0 + difference * difference
    }
  }
}
