internal import CSndfile

/// What became of a sound that was written.
public struct SoundWritten: Codable, Equatable, Sendable {
  /// How long it lasts.
  public internal(set) var seconds: Double
  /// Samples per second of the file, in hertz: another rate than the sound's where the format does
  /// not allow that one.
  public let sampleRate: Int
  /// Samples beyond full scale, which were cut off there.
  public internal(set) var clippedSamples = 0
  /// Samples that were no numbers, written as 0.
  public internal(set) var notNumbers = 0
}

/// Writes a sound file as its samples come; the file's extension says of which kind.
///
/// What is written lies beside the target, under a hidden name, and gets the target's name with
/// ``finish()``; without that nothing is left, and what was there before stays.
public final class SoundWriter {
  /// As it was given.
  public let path: String
  /// What the extension stands for.
  public let format: SoundFormat
  /// Channels of what is written, at least 1.
  public let channelCount: Int

  private let file: UnfinishedFile
  private let encoder: SoundEncoder
  private let resampler: Resampler?
  private let rate: Int
  private var written: SoundWritten
  private var frames = 0

  /// Begins the file.
  ///
  /// - Parameters:
  ///   - path: where the file will be; its folder must exist.
  ///   - sampleRate: of the samples that will be written, within ``SoundFile/sampleRates``. A format
  ///     that does not allow it gets the rate ``SoundFormat/sampleRate(for:)``.
  ///   - channels: 1 to 8; at most 2 for MP3.
  ///   - samples: how they are stored in WAV, AIFF and FLAC; nil: as 16 bits there, and as the
  ///     format has it elsewhere.
  ///   - tags: what the file says about itself, beside the word Refrain as the software (which an
  ///     MP3 does not keep).
  /// - Throws: ``SoundError`` if the format is unknown or cannot hold this, or the file cannot be
  ///   made.
  public init(
    path: String, sampleRate: Int, channels: Int = 1, samples: SampleFormat? = nil,
    tags: SoundTags = SoundTags()
  ) throws(SoundError) {
    precondition(
      SoundFile.sampleRates.contains(sampleRate), "sound has 4,000 to 384,000 samples per second")
    precondition((1...8).contains(channels), "a sound file is written with 1 to 8 channels")
    guard let format = SoundFormat(path: path) else { throw .unknownExtension(path: path) }
    if let samples, !format.canStore(samples) {
      throw .unsupportedSampleFormat(path: path, samples)
    }
    guard tags.hasSuitableComment else { throw .unsuitableComment(path: path) }
    self.path = path
    self.format = format
    channelCount = channels
    rate = sampleRate
    written = SoundWritten(seconds: 0, sampleRate: format.sampleRate(for: sampleRate))
    resampler =
      written.sampleRate == sampleRate
      ? nil : Resampler(from: sampleRate, to: written.sampleRate, channels: channels)
    file = try UnfinishedFile(path)
    encoder = try SoundEncoder(
      file, format, samples ?? format.defaultSampleFormat, sampleRate: written.sampleRate,
      channels: channels, tags)
  }

  /// Appends samples, of any number.
  ///
  /// - Parameter channels: all of the same length. `[channelCount][frames]`
  /// - Throws: ``SoundError/cannotWrite(path:reason:)``.
  public func write(_ channels: [[Float]]) throws(SoundError) {
    precondition(channels.count == channelCount, "as many channels are written as the file has")
    let count = channels[0].count
    precondition(channels.allSatisfy { $0.count == count }, "channels are of the same length")
    frames += count
    for start in stride(from: 0, to: count, by: 4096) {
      var samples: [Float] = []
      samples.reserveCapacity(4096 * channelCount)
      for frame in start..<min(start + 4096, count) {
        for channel in channels { samples.append(clean(channel[frame])) }
      }
      try encode(samples)
    }
  }

  /// Completes the file and gives it its name.
  ///
  /// - Returns: what became of the sound.
  /// - Throws: ``SoundError/cannotWrite(path:reason:)``.
  public func finish() throws(SoundError) -> SoundWritten {
    var rest: [Float] = []
    resampler?.finish(into: &rest)
    rest += repeatElement(0, count: format.closingSilence * channelCount)
    try pass(rest)
    try encoder.close()
    try file.takeName()
    written.seconds = Double(frames) / Double(rate)
    return written
  }

  private func encode(_ samples: [Float]) throws(SoundError) {
    guard let resampler else { return try pass(samples) }
    var resampled: [Float] = []
    resampler.process(samples, into: &resampled)
    try pass(resampled)
  }

  /// In pieces: the encoder of Vorbis keeps all that it is given at once on its stack.
  private func pass(_ samples: [Float]) throws(SoundError) {
    for start in stride(from: 0, to: samples.count, by: 4096 * channelCount) {
      let end = min(start + 4096 * channelCount, samples.count)
      try encoder.write(limited(samples[start..<end]))
    }
  }

  private func clean(_ sample: Float) -> Float {
    if sample.isFinite { return sample }
    written.notNumbers += 1
    return 0
  }

  private func limited(_ samples: ArraySlice<Float>) -> [Float] {
    written.clippedSamples += samples.count { abs($0) > 1 }
    return samples.map { min(max($0, -1), 1) }
  }
}

extension Recording {
  /// Writes the sound to a file of the kind that its extension names; see ``SoundWriter``.
  ///
  /// - Returns: what became of it, samples that were cut off at full scale counted.
  /// - Throws: ``SoundError``.
  @discardableResult
  public func write(
    to path: String, samples: SampleFormat? = nil, tags: SoundTags = SoundTags()
  ) throws(SoundError) -> SoundWritten {
    let writer = try SoundWriter(
      path: path, sampleRate: sampleRate, channels: channels.count, samples: samples, tags: tags)
    try writer.write(channels)
    return try writer.finish()
  }
}
