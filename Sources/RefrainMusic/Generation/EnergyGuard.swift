internal import Foundation

/// Keeps generated music about as loud as the music it learned from: what a network reads is what it said,
/// so a little too loud or too soft may else become ever more so.
struct EnergyGuard {
  /// The mean power of the music, in decibels below full scale.
  private let level: Double
  /// What turns a frame's squared magnitudes into the mean square of its samples.
  private let scale: Double
  /// The mean power of the last one or two seconds.
  private var average: Double
  /// How much of the average a frame is.
  private let share: Double

  /// Decibels that the music may be off its level.
  private static let freedom = 4.0
  /// The part of what is beyond that a frame takes back, and the most in decibels.
  private static let correction = (part: 0.1, most: 0.5)
  /// Seconds that the average reaches back.
  private static let memory = 1.5

  init(level: Double, settings: SpectrogramSettings) {
    self.level = level
    scale = ListeningCurves.powerScale(settings)
    share = 1 / (Self.memory * settings.frameRate)
    average = pow(10, level / 10)
  }

  /// What the next frame is to be multiplied by.
  mutating func gain(_ magnitudes: [Float]) -> Float {
    let power = magnitudes.reduce(0.0) { $0 + Double($1) * Double($1) } * scale
    average += share * (power - average)
    let off = 10 * log10(max(average, 1e-12)) - level
    let beyond = off > 0 ? max(0, off - Self.freedom) : min(0, off + Self.freedom)
    if beyond == 0 { return 1 }
    let most = Self.correction.most
    let decibels = max(-most, min(most, -Self.correction.part * beyond))
    return Float(pow(10, decibels / 20))
  }
}
