internal import CSndfile
internal import Foundation

/// Reads a sound file from its beginning to its end, block by block.
///
/// Any of WAV, AIFF, FLAC, Ogg Vorbis, Ogg Opus and MP3; also AU, CAF, RF64 and Wave64. What the
/// file's header says about its length is only reported: memory is the caller's block.
public struct SoundReader {
  /// As it was given.
  public let path: String
  /// Samples per second, in hertz.
  public let sampleRate: Int
  /// At least 1.
  public let channelCount: Int
  /// How samples are stored, in words: `FLAC, 24 bits`.
  public let format: String
  /// Samples of each channel that the header promises; nil where it leaves the length open.
  public let promisedFrames: Int?
  /// Samples of each channel that have been read.
  public private(set) var framesRead = 0
  /// Why reading stopped before the end of what the file holds; nil: it did not.
  public private(set) var damage: String?

  /// Whether the end of an Ogg file, which says how long it is, is missing.
  let lacksEnd: Bool
  let isOgg: Bool
  private let handle: SoundHandle

  /// Opens the file at `path`.
  ///
  /// - Throws: ``SoundError`` if there is no such file, it is no sound, it is damaged so that
  ///   nothing can be read, or its sample rate is outside ``SoundFile/sampleRates``.
  public init(path: String) throws(SoundError) {
    handle = try SoundHandle(reading: path)
    self.path = path
    let info = handle.info
    guard SoundFile.sampleRates.contains(Int(info.samplerate)) else {
      throw .strangeSampleRate(path: path, rate: Int(info.samplerate))
    }
    guard (1...1024).contains(info.channels) else {
      throw .damaged(path: path, reason: "it says it has \(info.channels) channels")
    }
    sampleRate = Int(info.samplerate)
    channelCount = Int(info.channels)
    let encoding = SoundEncoding(code: info.format)
    format = encoding.words
    isOgg = encoding.isOgg
    // libsndfile's largest number stands for an unknown length.
    let frames = info.frames >= 0 && info.frames < Int64.max ? Int(info.frames) : nil
    lacksEnd = isOgg && frames == nil
    let chunks = handle.chunks
    promisedFrames = frames.map { Self.promised(frames: $0, chunks) }
  }

  /// Reads the next samples, the channels interleaved.
  ///
  /// - Parameter samples: filled from the front; its length says how many are wanted.
  ///   `[frames, channelCount]`
  /// - Returns: the number of frames read; fewer than fit only at the end, and 0 after it.
  public mutating func read(into samples: inout [Float]) -> Int {
    let wanted = samples.count / channelCount
    guard wanted > 0 else { return 0 }
    let frames = samples.withUnsafeMutableBufferPointer {
      Int(sf_readf_float(handle.pointer, $0.baseAddress, sf_count_t(wanted)))
    }
    let read = min(max(frames, 0), wanted)
    if read < wanted, damage == nil { damage = handle.problem }
    framesRead += read
    return read
  }

  /// Frames that are read at once: as many as make about 16,384 samples, whatever number of channels a
  /// file may claim.
  var blockFrames: Int { max(16_384 / channelCount, 1) }

  /// Goes on reading at `frame`, counted from the beginning, or at the end of a shorter file.
  mutating func skip(to frame: Int) {
    let reached = sf_seek(handle.pointer, sf_count_t(frame), SEEK_SET)
    if reached >= 0 { framesRead = Int(reached) }
    // Where a file's kind does not allow it, what comes before is read and forgotten.
    while framesRead < frame {
      var block = [Float](
        repeating: 0, count: min(blockFrames, frame - framesRead) * channelCount)
      if read(into: &block) == 0 { return }
    }
  }

  /// The frames that the lengths in the header stand for, where the file holds `frames`.
  private static func promised(frames: Int, _ chunks: SoundChunks?) -> Int {
    guard let promised = chunks?.promisedBytes, let present = chunks?.presentBytes,
      promised > present, present > 0
    else { return frames }
    return Int((Double(frames) * (Double(promised) / Double(present))).rounded())
  }
}
