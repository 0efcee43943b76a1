extension ShortTimeFourierTransform {
  /// What the overlapping windows of `sound` have to be multiplied with. `[covered samples]`
  ///
  /// Every sample is seen through the window twice, so the sum of the squared windows is divided out. At
  /// an end where a window barely reaches, that sum is next to nothing, and dividing by it would blow up
  /// any error: it counts as `floor` of the largest sum at least.
  func reciprocalWeights(like sound: PaddedSound, window: [Float], floor: Float) -> [Float] {
    var weights = PaddedSound(
      count: sound.count, frames: (sound.samples.count - settings.fftSize) / settings.hop + 1,
      settings: settings, isCircular: isCircular)
    for start in stride(from: 0, through: sound.samples.count - settings.fftSize, by: settings.hop)
    {
      for (i, value) in window.enumerated() {
        weights.samples[start + settings.windowOffset + i] += value * value
      }
    }
    weights.foldEdges()
    let covered = weights.samples[weights.covered]
    let least = max((covered.max() ?? 0) * floor, .leastNormalMagnitude)
    return covered.map { 1 / max($0, least) }
  }
}

extension PaddedSound {
  /// Multiplies the covered samples by `weights`.
  mutating func scale(by weights: [Float]) {
    let covered = covered
    var part = samples.mutableSpan
    var own = part._mutatingExtracting(covered)
    let weights = weights.span
    precondition(weights.count == own.count)
    for i in 0..<own.count { own[i] *= weights[i] }
  }
}
