internal import Foundation

/// What is usual in some music: between which values each measure lies over its stretches of five
/// seconds.
///
/// A model keeps the range of the music it learned from, so that what it makes can be judged without
/// the music.
public struct ListeningRange: Codable, Equatable, Sendable {
  /// The values between which nine in ten stretches lie.
  public struct Bounds: Codable, Equatable, Sendable {
    /// The 5th percentile.
    public var lower: Double
    /// The 95th percentile.
    public var upper: Double

    init(_ values: [Double]) {
      let sorted = values.sorted()
      func percentile(_ part: Double) -> Double {
        let place = part * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
      }
      (lower, upper) = (percentile(0.05), percentile(0.95))
    }
  }

  /// Decibels below full scale.
  public var energy: Bounds
  /// The mean power of all of it, in decibels below full scale.
  public var level: Double
  /// As ``ListeningMeasures/flatness``.
  public var flatness: Bounds
  /// As ``ListeningMeasures/novelty``.
  public var novelty: Bounds
  /// As ``ListeningMeasures/slowNovelty``.
  public var slowNovelty: Bounds
  /// As ``ListeningMeasures/development``.
  public var development: Bounds

  /// The range of some stretches, of all recordings together; silent ones are left out.
  ///
  /// - Returns: nothing where no stretch can be heard.
  public init?(stretches: [ListeningMeasures]) {
    let audible = stretches.filter { $0.energy > ListeningMeasures.silence }
    guard !audible.isEmpty else { return nil }
    energy = Bounds(audible.map(\.energy))
    let power = audible.reduce(0) { $0 + pow(10, $1.energy / 10) } / Double(audible.count)
    level = 10 * log10(power)
    flatness = Bounds(audible.map(\.flatness))
    novelty = Bounds(audible.map(\.novelty))
    slowNovelty = Bounds(audible.map(\.slowNovelty))
    development = Bounds(audible.map(\.development))
  }
}

/// Beyond the bounds by these margins, a stretch no longer passes for the music.
extension ListeningRange {
  /// Louder than this is louder than the music: 3 decibels above.
  var loudest: Double { energy.upper + 3 }
  /// Softer than this is quieter than the music: 6 decibels below.
  var softest: Double { energy.lower - 6 }
  /// Softer than this is silence to one who hears the music: 30 decibels below.
  var silence: Double { max(ListeningMeasures.silence, energy.lower - 30) }
  /// Flatter than this is like noise: twice as flat.
  var flattest: Double { flatness.upper * 2 }
  /// More change than this from frame to frame is restless: one and a half times as much.
  var mostNovelty: Double { novelty.upper * 1.5 }
  /// Less development than this is a drone: half as much, or below 0 twice as far from it.
  var leastDevelopment: Double { min(development.lower / 2, development.lower * 2) }
}
