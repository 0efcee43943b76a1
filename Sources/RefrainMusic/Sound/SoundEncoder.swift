internal import CSndfile

/// A sound file that libsndfile writes to an open file.
final class SoundEncoder {
  private let path: String
  private let samples: SampleFormat?
  private let channels: Int
  /// Nil once closed.
  private var pointer: OpaquePointer?
  private var frames = 0
  private let file: UnfinishedFile

  init(
    _ file: UnfinishedFile, _ format: SoundFormat, _ samples: SampleFormat?, sampleRate: Int,
    channels: Int, _ tags: SoundTags
  ) throws(SoundError) {
    self.file = file
    self.samples = samples
    self.channels = channels
    path = file.path
    var info = SF_INFO()
    info.samplerate = Int32(sampleRate)
    info.channels = Int32(channels)
    info.format = format.code(samples)
    pointer = sf_open_fd(file.descriptor, Int32(SFM_WRITE), &info, 0)
    guard pointer != nil else {
      throw .cannotWrite(path: path, reason: SoundHandle.reason(nil))
    }
    set(SF_STR_SOFTWARE, "Refrain", format)
    if let title = tags.title { set(SF_STR_TITLE, title, format) }
    if let comment = tags.comment { set(SF_STR_COMMENT, comment, format) }
  }

  deinit { if let pointer { sf_close(pointer) } }

  /// - Parameter block: −1 to 1. `[frames, channels]`
  func write(_ block: [Float]) throws(SoundError) {
    let wanted = block.count / channels
    let count =
      switch samples {
      case .int16:
        sf_writef_short(pointer, block.map { Self.whole($0, 32_768) }, sf_count_t(wanted))
      case .int24:
        // libsndfile stores the upper 24 of 32 bits.
        sf_writef_int(
          pointer, block.map { Self.whole($0, 8_388_608) << 8 }, sf_count_t(wanted))
      case .float32, nil: sf_writef_float(pointer, block, sf_count_t(wanted))
      }
    frames += wanted
    guard count == wanted, sf_error(pointer) == 0 else {
      throw .cannotWrite(path: path, reason: SoundHandle.reason(pointer))
    }
  }

  /// Completes the file, and looks whether it is all there: an encoder that cannot write its last
  /// bytes does not say so.
  func close() throws(SoundError) {
    let problem = sf_close(pointer)
    pointer = nil
    guard problem == 0 else {
      throw .cannotWrite(path: path, reason: String(cString: sf_error_number(problem)))
    }
    guard frames > 0 else { return }
    let reader: SoundReader
    do { reader = try SoundReader(path: file.temporaryPath) } catch {
      throw .cannotWrite(
        path: path, reason: "what was written cannot be read back: \(error.shortReason)")
    }
    guard let promised = reader.promisedFrames, promised >= frames else {
      throw .cannotWrite(path: path, reason: "the end of what was written is missing")
    }
  }

  /// Scaled as libsndfile does when it reads, so that a file that is read and written again is the
  /// same; the largest number is one less than the scale.
  private static func whole<Whole: FixedWidthInteger>(_ sample: Float, _ scale: Float) -> Whole {
    Whole(min((sample * scale).rounded(), scale - 1))
  }

  private func set(_ kind: Int, _ text: String, _ format: SoundFormat) {
    // LAME's tags are Latin-1.
    let bytes =
      format == .mp3
      ? text.unicodeScalars.map { $0.value < 256 ? UInt8($0.value) : UInt8(ascii: "?") }
      : Array(text.utf8)
    let characters = bytes.filter { $0 != 0 }.map(CChar.init(bitPattern:)) + [0]
    _ = sf_set_string(pointer, Int32(kind), characters)
  }
}
