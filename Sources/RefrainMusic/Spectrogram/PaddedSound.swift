/// A sound with what lies before its start and after its end, as far as its frames reach.
///
/// Frame `k` lies on the `fftSize` samples from `k · hop` on; the sound itself begins at `margin`, so that
/// the frame's middle is the sound's sample `k · hop`.
struct PaddedSound {
  /// `[(frames − 1) · hop + fftSize]`, or more where the sound goes on beyond its frames.
  var samples: [Float]
  /// How many frames there are.
  let frames: Int
  /// How many samples lie before the sound.
  let margin: Int
  /// The sound's own samples.
  let count: Int
  /// Whether the sound's end is joined to its start.
  let isCircular: Bool
  /// Whether ``foldEdges()`` counts what was laid on the reflection, too.
  var foldsReflection = false

  /// A silent sound of `count` samples, one at least, under `frames` frames.
  init(count: Int, frames: Int, settings: SpectrogramSettings, isCircular: Bool) {
    precondition(count > 0 && frames > 0)
    self.frames = frames
    self.margin = settings.fftSize / 2
    self.count = count
    self.isCircular = isCircular
    let framed = (frames - 1) * settings.hop + settings.fftSize
    samples = Array(repeating: 0, count: max(framed, margin + count))
  }

  /// Where the sound itself stands.
  var own: Range<Int> { margin..<margin + count }

  /// The sound without what is around it.
  var sound: [Float] { Array(samples[own]) }

  /// Sets the sound, and what is around it by reflection, or by repetition where it is circular.
  mutating func set(_ sound: Span<Float>) {
    precondition(sound.count == count)
    for i in 0..<count { samples[margin + i] = sound[i] }
    continueEdges()
  }

  /// Sets what is around the sound from the sound.
  mutating func continueEdges() {
    for i in 0..<margin { samples[i] = samples[source(of: i)] }
    for i in own.upperBound..<samples.count { samples[i] = samples[source(of: i)] }
  }

  /// Adds what was laid around a circular sound to the samples of which it is the repetition, and, if so
  /// wanted, what was laid around another to those of which it is the reflection.
  mutating func foldEdges() {
    guard isCircular || foldsReflection else { return }
    for i in 0..<margin { samples[source(of: i)] += samples[i] }
    for i in own.upperBound..<samples.count { samples[source(of: i)] += samples[i] }
  }

  /// Multiplies the sound's own samples.
  mutating func scale(by weights: Span<Float>) {
    precondition(weights.count == count)
    let own = own
    var all = samples.mutableSpan
    var part = all._mutatingExtracting(own)
    for i in 0..<part.count { part[i] *= weights[i] }
  }

  /// Where the sample stands which position `index` repeats.
  private func source(of index: Int) -> Int {
    margin + edgeSource(of: index - margin, count: count, isCircular: isCircular)
  }
}

/// Which of `count` samples is repeated at `index`, before the first or after the last of them.
func edgeSource(of index: Int, count: Int, isCircular: Bool) -> Int {
  guard count > 1 else { return 0 }
  let period = isCircular ? count : 2 * (count - 1)
  let rest = index % period
  let position = rest < 0 ? rest + period : rest
  return position < count ? position : period - position
}
