/// What was found in a sound file, and what was done to it.
public struct SoundReport: Codable, Equatable, Sendable {
  /// As the user knows it.
  public let path: String
  /// How the file stores its samples, in words: `FLAC, 24 bits`.
  public let format: String
  /// Samples of each channel that the file holds.
  public let frames: Int
  /// Samples per second of the file, in hertz.
  public let sampleRate: Int
  /// Channels of the file.
  public let channels: Int
  /// Samples per second that it was brought to, in hertz.
  public let newSampleRate: Int
  /// What its channels became.
  public let layout: ChannelLayout
  /// Samples of each channel that the header promises, where it promises more than there are.
  public let promisedFrames: Int?
  /// Whether the file's end is missing and nothing says how much.
  public let lacksEnd: Bool
  /// Why reading stopped before the file's end; nil: it did not.
  public let damage: String?
  /// Samples that were no numbers (or more than a million times full scale) and were set to 0.
  public let notNumbers: Int
  /// Samples at full scale with at least two like it beside them: what was louder is cut off.
  public let clippedSamples: Int
  /// The largest sample; 1 is full scale.
  public let peak: Float
  /// Silence (below −80 dB of full scale) at the beginning, in seconds.
  public let silenceBefore: Double
  /// Silence at the end, in seconds; 0 if all is silent.
  public let silenceAfter: Double

  init(_ reader: SoundReader, _ tally: SampleTally, sampleRate: Int, layout: ChannelLayout) {
    path = reader.path
    format = reader.format
    frames = tally.frames
    self.sampleRate = reader.sampleRate
    channels = reader.channelCount
    newSampleRate = sampleRate
    self.layout = layout
    promisedFrames = reader.promisedFrames.flatMap { $0 > tally.frames ? $0 : nil }
    lacksEnd = reader.lacksEnd
    damage = reader.damage
    notNumbers = tally.notNumbers
    clippedSamples = tally.clipped
    peak = tally.peak
    let rate = Double(reader.sampleRate)
    silenceBefore = Double(tally.firstLoud ?? tally.frames) / rate
    silenceAfter = tally.firstLoud == nil ? 0 : Double(tally.frames - 1 - tally.lastLoud) / rate
  }

  /// How long the file's sound lasts.
  public var seconds: Double { Double(frames) / Double(sampleRate) }
  /// Whether nothing in it reaches −80 dB of full scale.
  public var isSilent: Bool { peak < SampleTally.silence }
}
