extension Recording {
  /// Reads the sound file at `path`, as the rest of Refrain wants it: at one sample rate, mono or
  /// stereo, every sample a number.
  ///
  /// - Parameters:
  ///   - path: a file of any kind that ``SoundReader`` reads.
  ///   - sampleRate: samples per second of the result, within ``SoundFile/sampleRates``.
  ///   - layout: how many channels the result has.
  ///   - longest: hours of sound beyond which reading stops with an error. A small file can hold
  ///     days of silence, which no memory holds.
  /// - Returns: the sound, and what was found and done on the way.
  /// - Throws: ``SoundError`` if it cannot be read or holds not a single sample.
  public static func read(
    _ path: String, sampleRate: Int = 22_050, layout: ChannelLayout = .mono, longest: Double = 12
  ) throws(SoundError) -> (recording: Recording, report: SoundReport) {
    precondition(
      SoundFile.sampleRates.contains(sampleRate), "sound has 4,000 to 384,000 samples per second")
    var reader = try SoundReader(path: path)
    let mix = ChannelMix(channels: reader.channelCount, isOgg: reader.isOgg, to: layout)
    let collector = SampleCollector(
      from: reader.sampleRate, to: sampleRate, channels: layout.count)
    var tally = SampleTally(channels: reader.channelCount)
    var block = [Float](repeating: 0, count: reader.blockFrames * reader.channelCount)
    var mixed: [Float] = []
    while true {
      let frames = reader.read(into: &block)
      if frames == 0 { break }
      tally.take(&block, frames: frames)
      mix.mix(block, frames: frames, into: &mixed)
      collector.take(mixed)
      guard Double(tally.frames) <= longest * 3600 * Double(reader.sampleRate) else {
        throw .tooLong(path: path, hours: longest)
      }
    }
    guard tally.frames > 0 else {
      if let damage = reader.damage { throw .damaged(path: path, reason: damage) }
      if reader.lacksEnd { throw .damaged(path: path, reason: "most of it is missing") }
      throw .noSamples(path: path)
    }
    let recording = Recording(sampleRate: sampleRate, channels: collector.finish())
    return (recording, SoundReport(reader, tally, sampleRate: sampleRate, layout: layout))
  }
}

extension Recording {
  /// Reads a part of the sound file at `path`, without what comes before it.
  ///
  /// - Parameter seconds: the part; what the file does not have of it is missing.
  /// - Throws: ``SoundError`` if the file cannot be read or has nothing there.
  package static func read(
    _ path: String, seconds: Range<Double>, sampleRate: Int, layout: ChannelLayout
  ) throws(SoundError) -> Recording {
    var reader = try SoundReader(path: path)
    let mix = ChannelMix(channels: reader.channelCount, isOgg: reader.isOgg, to: layout)
    let collector = SampleCollector(
      from: reader.sampleRate, to: sampleRate, channels: layout.count)
    var tally = SampleTally(channels: reader.channelCount)
    let end = Int((seconds.upperBound * Double(reader.sampleRate)).rounded())
    reader.skip(to: Int((seconds.lowerBound * Double(reader.sampleRate)).rounded()))
    var mixed: [Float] = []
    while reader.framesRead < end {
      let count = min(reader.blockFrames, end - reader.framesRead)
      var block = [Float](repeating: 0, count: count * reader.channelCount)
      let frames = reader.read(into: &block)
      if frames == 0 { break }
      tally.take(&block, frames: frames)
      mix.mix(block, frames: frames, into: &mixed)
      collector.take(mixed)
    }
    guard tally.frames > 0 else { throw .noSamples(path: path) }
    return Recording(sampleRate: sampleRate, channels: collector.finish())
  }
}

/// Collects samples that come in blocks, at another sample rate where that is wanted, channel by
/// channel.
private final class SampleCollector {
  private let resampler: Resampler?
  private var channels: [[Float]]
  private var resampled: [Float] = []

  init(from: Int, to: Int, channels count: Int) {
    resampler = from == to ? nil : Resampler(from: from, to: to, channels: count)
    channels = Array(repeating: [], count: count)
  }

  /// - Parameter samples: `[frames, channels]`
  func take(_ samples: [Float]) {
    guard let resampler else { return append(samples) }
    resampled.removeAll(keepingCapacity: true)
    resampler.process(samples, into: &resampled)
    append(resampled)
  }

  /// - Returns: `[channels][frames]`
  func finish() -> [[Float]] {
    resampled.removeAll(keepingCapacity: true)
    resampler?.finish(into: &resampled)
    append(resampled)
    return channels
  }

  private func append(_ samples: [Float]) {
    let count = channels.count
    if count == 1 {
      channels[0] += samples
    } else {
      for channel in 0..<count {
        channels[channel] += stride(from: channel, to: samples.count, by: count).lazy.map {
          samples[$0]
        }
      }
    }
  }
}
