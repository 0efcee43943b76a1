/// How many channels a sound is wanted with.
public enum ChannelLayout: String, CaseIterable, Codable, Sendable {
  /// One: the mean of all that a file has.
  case mono
  /// Two, left and right.
  ///
  /// Of more than two, each side is the mean of its own and the middle ones; the low-frequency
  /// channel of 6, 7 and 8 is left out. One channel becomes both sides.
  case stereo

  /// 1 or 2.
  public var count: Int { self == .mono ? 1 : 2 }
}

/// A sound in memory.
public struct Recording: Equatable, Sendable {
  /// Samples per second, in hertz.
  public let sampleRate: Int
  /// One (mono) or two (left, right), of the same length; full scale is −1 to 1. `[channels][frames]`
  public let channels: [[Float]]

  /// A sound from its samples: one or two channels of the same length.
  public init(sampleRate: Int, channels: [[Float]]) {
    precondition(
      SoundFile.sampleRates.contains(sampleRate), "sound has 4,000 to 384,000 samples per second")
    precondition((1...2).contains(channels.count), "a recording has one or two channels")
    precondition(
      channels.allSatisfy { $0.count == channels[0].count }, "channels are of the same length")
    self.sampleRate = sampleRate
    self.channels = channels
  }

  /// Samples of each channel.
  public var frameCount: Int { channels[0].count }
  /// How long it lasts.
  public var seconds: Double { Double(frameCount) / Double(sampleRate) }
}
