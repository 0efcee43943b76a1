internal import Foundation

/// A sound that is played round and round, made a little longer or shorter: `count` samples instead of its
/// own, by a windowed sinc of 32 samples.
package func stretchCircle(_ sound: [Float], to count: Int) -> [Float] {
  if sound.count == count || sound.isEmpty { return sound }
  let half = 16
  let ratio = Double(sound.count) / Double(count)
  return (0..<count).map { index in
    let place = Double(index) * ratio
    let centre = Int(place.rounded(.down))
    var sum = 0.0
    for tap in centre - half + 1...centre + half {
      let distance = place - Double(tap)
      let source = ((tap % sound.count) + sound.count) % sound.count
      sum += Double(sound[source]) * windowedSinc(distance, half: Double(half))
    }
    return Float(sum)
  }
}

private func windowedSinc(_ x: Double, half: Double) -> Double {
  if x == 0 { return 1 }
  let window = 0.5 + 0.5 * cos(.pi * x / half)
  return sin(.pi * x) / (.pi * x) * window
}
