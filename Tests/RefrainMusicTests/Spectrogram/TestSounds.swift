import Foundation
import Refrain

/// Sounds that the tests make themselves, at 22,050 samples per second.
enum TestSound {
  /// A note with three partials, which do not fall on the middle of a bin.
  static func note(count: Int, frequency: Double = 311.7) -> [Float] {
    (0..<count).map { i in
      let angle = 2 * .pi * frequency * Double(i) / 22_050
      return Float(0.4 * sin(angle) + 0.2 * sin(2 * angle + 1) + 0.1 * sin(5 * angle + 2))
    }
  }

  /// A tone that rises from 200 hertz to 4,000 hertz in a second.
  static func chirp(count: Int) -> [Float] {
    (0..<count).map { i in
      let time = Double(i) / 22_050
      return Float(0.5 * sin(2 * .pi * (200 + 1900 * time) * time))
    }
  }

  /// White noise.
  static func noise(count: Int) -> [Float] {
    var stream = RandomStream(seed: 5, purpose: .noise)
    return (0..<count).map { _ in stream.uniform() - 0.5 }
  }

  /// Silence with one sample in the middle.
  static func click(count: Int) -> [Float] {
    (0..<count).map { $0 == count / 2 ? 1 : 0 }
  }

  static func silence(count: Int) -> [Float] { Array(repeating: 0, count: count) }

  /// One of each kind.
  static func all(count: Int) -> [[Float]] {
    [
      note(count: count), chirp(count: count), noise(count: count), click(count: count),
      silence(count: count),
    ]
  }
}

extension [Float] {
  /// The sound with 2,048 samples of fading at either end: a tone that is cut off has a click there, by
  /// reflection too.
  var faded: [Float] {
    enumerated().map { i, value in
      let fade = Float(Swift.min(i, count - 1 - i, 2048)) / 2048
      return value * fade * fade * (3 - 2 * fade)
    }
  }

  /// The largest absolute difference to `other`; infinite where they are not equally long or one is not
  /// finite.
  func largestDifference(to other: [Float]) -> Float {
    guard count == other.count, allSatisfy(\.isFinite) else { return .infinity }
    return zip(self, other).reduce(0) { Swift.max($0, abs($1.0 - $1.1)) }
  }
}
