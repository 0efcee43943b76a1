internal import Foundation

/// How the magnitudes of a spectrogram become the values that a network reads, and the way back.
public struct FrameScale: Codable, Equatable, Sendable {
  /// Magnitudes as they are, or their logarithms.
  public enum Kind: String, Codable, Sendable {
    /// Linear magnitudes, as in the lecture.
    case linear
    /// Natural logarithms, normalised: of each bin, mean 0 and deviation 1 over the training music.
    case logarithmic
  }

  /// Magnitudes as they are, or their logarithms.
  public let kind: Kind
  /// The magnitude that is added before the logarithm: what is far below it is silence.
  public let floor: Float
  /// The mean logarithm of each bin. `[D]`
  public let means: [Float]
  /// How far the logarithms of each bin stray, above 0. `[D]`
  public let deviations: [Float]

  /// The greatest magnitude of each bin. `[D]`
  public let greatest: [Float]

  /// The floor: 80 decibels below a tone of full scale, under a Hann window of `window` samples.
  static func floor(window: Int) -> Float { Float(window) / 4 * 1e-4 }

  /// A scale from its parts.
  package init(kind: Kind, floor: Float, means: [Float], deviations: [Float], greatest: [Float]) {
    self.kind = kind
    self.floor = floor
    self.means = means
    self.deviations = deviations
    self.greatest = greatest
  }

  /// The number of bins: `D`.
  public var bins: Int { means.count }

  /// What the network reads. `[D]`
  public func values(of magnitudes: [Float]) -> [Float] {
    kind == .linear ? magnitudes : normalised(magnitudes)
  }

  /// The magnitudes that the network's values stand for, none below 0. `[D]`
  public func magnitudes(of values: [Float]) -> [Float] {
    if kind == .linear { return values.map { $0 > 0 ? $0 : 0 } }
    return values.indices.map { bin in
      max(0, exp(min(values[bin] * deviations[bin] + means[bin], 20)) - floor)
    }
  }

  /// The values, none of them below silence or beyond the greatest that the music has at its bin: what a
  /// network says and then reads again may else stray further and further. `[D]`
  public func held(_ values: [Float]) -> [Float] {
    let least = self.values(of: [Float](repeating: 0, count: bins))
    let most = self.values(of: greatest)
    return values.indices.map { max(least[$0], min(values[$0], most[$0])) }
  }

  /// Normalised logarithms, whatever the network reads: what models are compared by. `[D]`
  public func normalised(_ magnitudes: [Float]) -> [Float] {
    magnitudes.indices.map { bin in
      (log(max(magnitudes[bin], 0) + floor) - means[bin]) / deviations[bin]
    }
  }
}
