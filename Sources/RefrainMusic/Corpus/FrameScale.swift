internal import Foundation

/// How the magnitudes of a frame become the values that a network reads, and the way back.
///
/// A frame of two channels has the magnitudes of the left one, then those of the right one; its values are
/// those of their middle, then those of their side.
public struct FrameScale: Codable, Equatable, Sendable {
  /// Magnitudes as they are, or their logarithms.
  public enum Kind: String, Codable, Sendable {
    /// Linear magnitudes, as in the lecture.
    case linear
    /// Natural logarithms, normalised: of each value, mean 0 and deviation 1 over the training music.
    case logarithmic
  }

  /// Magnitudes as they are, or their logarithms.
  public let kind: Kind
  /// 1 (mono) or 2 (stereo).
  public let channels: Int
  /// The magnitude that is added before the logarithm: what is far below it is silence.
  public let floor: Float
  /// The mean of each value before it is normalised: of logarithms. `[channels, D]`
  public let means: [Float]
  /// How far each of these values strays, above 0. `[channels, D]`
  public let deviations: [Float]
  /// The greatest magnitude of each bin. `[channels, D]`
  public let greatest: [Float]

  /// The floor: 80 decibels below a tone of full scale, under a Hann window of `window` samples.
  static func floor(window: Int) -> Float { Float(window) / 4 * 1e-4 }

  /// A scale from its parts.
  package init(
    kind: Kind, channels: Int = 1, floor: Float, means: [Float], deviations: [Float],
    greatest: [Float]
  ) {
    self.kind = kind
    self.channels = channels
    self.floor = floor
    self.means = means
    self.deviations = deviations
    self.greatest = greatest
  }

  /// A scale from a model file; those of the first versions knew one channel only.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    kind = try values.decode(Kind.self, forKey: .kind)
    channels = try values.decodeIfPresent(Int.self, forKey: .channels) ?? 1
    floor = try values.decode(Float.self, forKey: .floor)
    means = try values.decode([Float].self, forKey: .means)
    deviations = try values.decode([Float].self, forKey: .deviations)
    greatest = try values.decode([Float].self, forKey: .greatest)
  }

  /// The number of values of a frame: `channels · D`.
  public var size: Int { means.count }

  /// What the network reads. `[channels, D]`
  public func values(of magnitudes: [Float]) -> [Float] {
    kind == .linear
      ? MidSide.encoded(magnitudes, channels: channels) : normalised(magnitudes)
  }

  /// The magnitudes that the network's values stand for, none below 0. `[channels, D]`
  public func magnitudes(of values: [Float]) -> [Float] {
    if kind == .linear {
      return MidSide.decoded(values, channels: channels).map { $0 > 0 ? $0 : 0 }
    }
    let logarithms = values.indices.map { values[$0] * deviations[$0] + means[$0] }
    return MidSide.decoded(logarithms, channels: channels).map { max(0, exp(min($0, 20)) - floor) }
  }

  /// The same, none of them beyond the greatest that the music has at its bin: what a network predicts and then
  /// reads again may else stray further and further. `[channels, D]`
  public func heldMagnitudes(of values: [Float]) -> [Float] {
    let magnitudes = magnitudes(of: values)
    return magnitudes.indices.map { magnitudes[$0] > 0 ? min(magnitudes[$0], greatest[$0]) : 0 }
  }

  /// Normalised logarithms, whatever the network reads: what models are compared by. `[channels, D]`
  public func normalised(_ magnitudes: [Float]) -> [Float] {
    let logarithms = MidSide.encoded(
      magnitudes.map { log(max($0, 0) + floor) }, channels: channels)
    return logarithms.indices.map { (logarithms[$0] - means[$0]) / deviations[$0] }
  }

  /// The magnitudes whose logarithms are the means. `[channels, D]`
  var meanMagnitudes: [Float] {
    MidSide.decoded(means, channels: channels).map { max(0, exp($0) - floor) }
  }
}
