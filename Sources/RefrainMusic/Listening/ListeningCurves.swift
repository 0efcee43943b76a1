internal import Foundation

/// How a sound goes on, frame by frame: how loud it is, how much like noise, and how much it changes.
///
/// A spectrogram network that collapses falls silent, holds one sound, or makes noise. Each of the
/// three is a number here. Magnitudes that are not finite numbers count as 0.
public struct ListeningCurves: Equatable, Sendable {
  /// Frames per second.
  public let frameRate: Double

  /// The mean power of each frame in decibels below full scale (a full-scale sine has −3), −120 or
  /// more.
  public private(set) var energy: [Float] = []

  /// The flatness of each frame's spectrum: the geometric over the arithmetic mean of its power,
  /// from 0 for a tone to 1; white noise has 0.56.
  ///
  /// What is 60 decibels below the frame's loudest bin counts as that: whether a band is empty or
  /// nearly so says more about the recording than about the sound. Johnston, *Transform coding of
  /// audio signals using perceptual noise criteria* (1988).
  public private(set) var flatness: [Float] = []

  /// How much each frame differs from the next: 1 − the correlation of their levels in
  /// decibels, from 0 for the same sound over 1 for two that have nothing in common, up to 2.
  ///
  /// Comparing frames by an angle is Foote's, *Automatic audio segmentation using a measure of audio
  /// novelty* (2000). In decibels without their mean, instead of magnitudes, the angle also tells
  /// noise from music: 0.70 for white noise, 0.005 to 0.28 in 16 recordings, 0.003 or less for tones.
  public private(set) var novelty: [Float] = []

  /// As ``novelty``, against the frame half a second later: 1.0 for white noise, 0.04 to 0.15 for
  /// held sounds, 0.2 to 0.6 for music.
  public private(set) var slowNovelty: [Float] = []

  /// The curves of a sound.
  public init(_ spectrogram: Spectrogram) {
    frameRate = spectrogram.settings.frameRate
    let lag = max(1, Int((frameRate / 2).rounded()))
    let scale = Self.powerScale(spectrogram.settings)
    // The frames of the last half second, in a ring.
    var recent: [FrameLevels] = []
    for frame in 0..<spectrogram.frameCount {
      let levels = FrameLevels(spectrogram[frame: frame], scale: scale)
      energy.append(levels.energy)
      flatness.append(levels.flatness)
      if frame > 0 { novelty.append(levels.difference(from: recent[(frame - 1) % lag])) }
      if frame >= lag {
        slowNovelty.append(levels.difference(from: recent[frame % lag]))
        recent[frame % lag] = levels
      } else {
        recent.append(levels)
      }
    }
    // What has nothing to be compared with takes the last value that has.
    let (last, slowLast) = (novelty.last ?? 0, slowNovelty.last ?? novelty.last ?? 0)
    novelty += Array(repeating: last, count: energy.count - novelty.count)
    slowNovelty += Array(repeating: slowLast, count: energy.count - slowNovelty.count)
  }

  /// What turns a frame's squared magnitudes, those of one half of the spectrum, into the mean square
  /// of its samples (Parseval; the mean square of a Hann window is 3/8).
  static func powerScale(_ settings: SpectrogramSettings) -> Double {
    2 / (Double(settings.fftSize) * Double(settings.window) * 0.375)
  }
}

/// A frame's levels in decibels, and what they say by themselves.
private struct FrameLevels {
  /// Levels in decibels, -120 or more. `[D]`
  let levels: [Float]
  let loudest: Float
  let energy: Float
  let flatness: Float

  /// Decibels below the loudest bin that count.
  private static let depth: Float = 60
  /// The softest level in decibels.
  private static let floor: Float = -120

  init(_ magnitudes: ArraySlice<Float>, scale: Double) {
    let power = magnitudes.map { $0.isFinite ? Double($0) * Double($0) * scale : 0 }
    levels = power.map { max(Self.floor, 10 * log10f(Float($0))) }
    loudest = levels.max() ?? Self.floor
    // The two outermost bins have no twin in the other half.
    let outer = ((power.first ?? 0) + (power.last ?? 0)) / 2
    energy = max(Self.floor, Float(10 * log10(max(0, power.reduce(0, +) - outer))))

    let least = (power.max() ?? 0) * pow(10, -Double(Self.depth) / 10)
    let meanPower = power.reduce(0) { $0 + max($1, least) } / Double(power.count)
    let softest = max(Self.floor, loudest - Self.depth)
    let meanLevel = levels.reduce(0) { $0 + Double(max($1, softest)) } / Double(levels.count)
    flatness = loudest > Self.floor ? Float(min(1, pow(10, meanLevel / 10) / meanPower)) : 0
  }

  /// 1 − the correlation of the two frames' levels.
  func difference(from other: FrameLevels) -> Float {
    let floor = max(Self.floor, max(loudest, other.loudest) - Self.depth)
    let count = Double(levels.count)
    var (sumA, sumB, squaresA, squaresB, products) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in levels.indices {
      let a = Double(max(levels[index], floor) - floor)
      let b = Double(max(other.levels[index], floor) - floor)
      sumA += a
      sumB += b
      squaresA += a * a
      squaresB += b * b
      products += a * b
    }
    let spread = (squaresA - sumA * sumA / count) * (squaresB - sumB * sumB / count)
    // A frame of one level throughout has no shape to compare.
    guard spread > 1e-6 else { return 0 }
    return Float(1 - (products - sumA * sumB / count) / spread.squareRoot())
  }
}
