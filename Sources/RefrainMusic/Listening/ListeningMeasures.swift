internal import Foundation

/// What the curves of a sound come to over a stretch of it.
public struct ListeningMeasures: Codable, Equatable, Sendable {
  /// The mean power in decibels below full scale, −120 or more.
  public var energy: Double
  /// The mean flatness of the frames' spectra, 0 for a tone and 0.56 for white noise.
  public var flatness: Double
  /// How much neighbouring frames differ, 0 for a steady tone and 0.7 for white noise.
  public var novelty: Double
  /// How much frames half a second apart differ, 0 for a steady tone and 1 for white noise.
  public var slowNovelty: Double

  /// How much more a sound changes over half a second than from frame to frame:
  /// ``slowNovelty`` − 1.5 ``novelty``.
  ///
  /// A held sound with a hiss upon it changes all the time and yet goes nowhere. Frames of it that
  /// share three quarters of their samples, as neighbours do, differ by two thirds of what separate
  /// ones differ by, so that this is near 0 for it, as it is for a steady tone.
  public var development: Double { slowNovelty - 1.5 * novelty }

  /// Softer than this, in decibels below full scale, nobody hears it.
  static let silence = -75.0
}

extension ListeningCurves {
  /// The number of frames.
  public var frameCount: Int { energy.count }

  /// The measures of some frames.
  ///
  /// Flatness and novelty are means over the frames that can be heard, and 0 where none can.
  public func measures(of frames: Range<Int>) -> ListeningMeasures {
    let power = frames.reduce(0) { $0 + pow(10, Double(energy[$1]) / 10) }
    let audible = frames.filter { Double(energy[$0]) > ListeningMeasures.silence }
    func mean(_ curve: [Float]) -> Double {
      audible.reduce(0) { $0 + Double(curve[$1]) } / Double(max(1, audible.count))
    }
    return ListeningMeasures(
      energy: max(-120, 10 * log10(power / Double(max(1, frames.count)))),
      flatness: mean(flatness), novelty: mean(novelty), slowNovelty: mean(slowNovelty))
  }

  /// The measures of one stretch after the other.
  ///
  /// A rest shorter than half a stretch is left out; a sound shorter than one stretch is one.
  ///
  /// - Parameter seconds: the length of a stretch, above 0.
  public func stretches(seconds: Double = 5) -> [ListeningMeasures] {
    guard frameCount > 0 else { return [] }
    let length = seconds * frameRate
    let count = max(1, Int((Double(frameCount) / length).rounded()))
    return (0..<count).map { index in
      let start = min(frameCount - 1, Int(Double(index) * length))
      let end = max(start + 1, min(frameCount, Int(Double(index + 1) * length)))
      return measures(of: start..<end)
    }
  }
}
