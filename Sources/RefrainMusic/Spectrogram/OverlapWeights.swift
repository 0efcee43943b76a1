extension ShortTimeFourierTransform {
  /// What a sound made of overlapping windows has to be multiplied with. `[samples]`
  ///
  /// Every sample is seen through the window twice, so the sum of the squared windows is divided out. At
  /// an end where a window barely reaches, that sum is next to nothing, and dividing by it would blow up
  /// any error: it counts as `floor` of the largest sum at least. Edges are folded as those of `sound` are.
  func overlapWeights(like sound: PaddedSound, window: [Float], floor: Float) -> [Float] {
    var sums = silence(count: sound.count, frames: sound.frames)
    sums.foldsReflection = sound.foldsReflection
    for frame in 0..<sound.frames {
      let start = frame * settings.hop + settings.windowOffset
      for (i, value) in window.enumerated() { sums.samples[start + i] += value * value }
    }
    sums.foldEdges()
    let least = max((sums.sound.max() ?? 0) * floor, .leastNormalMagnitude)
    return sums.sound.map { 1 / max($0, least) }
  }
}
