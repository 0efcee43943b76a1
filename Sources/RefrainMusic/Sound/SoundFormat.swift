internal import CSndfile

/// The kinds of sound file that can be written; each is named by its extension.
public enum SoundFormat: String, CaseIterable, Codable, Sendable {
  /// Samples as they are.
  case wav
  /// Samples as they are, as on a Mac.
  case aiff
  /// Without loss, about half the size.
  case flac
  /// Ogg Vorbis, with loss.
  case ogg
  /// Ogg Opus, with loss, at 48 kHz; 40 ms of silence are written after the sound.
  case opus
  /// MPEG layer III, with loss.
  case mp3

  /// The format that the extension of `path` names, in any case; nil for an unknown one.
  public init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "wav", "wave": self = .wav
    case "aif", "aiff": self = .aiff
    case "oga": self = .ogg
    case let other:
      guard let format = SoundFormat(rawValue: other) else { return nil }
      self = format
    }
  }

  /// The rate that a file has for sound of `rate` hertz: the same where the format allows it, or
  /// the next higher one that it does, or its highest.
  public func sampleRate(for rate: Int) -> Int {
    switch self {
    case .wav, .aiff, .flac: rate
    case .ogg: min(max(rate, 8_000), 192_000)
    case .opus: 48_000
    case .mp3: Self.mp3Rates.first { $0 >= rate } ?? 48_000
    }
  }

  /// Silence that is written after the sound, in frames.
  ///
  /// libsndfile continues the last piece of an Opus file by a prediction, whose errors are heard as
  /// a click in the last two packets of 20 ms: these must not be those of the sound.
  var closingSilence: Int { self == .opus ? 1920 : 0 }

  private static let mp3Rates = [
    8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000,
  ]

  static var list: String { allCases.map { $0.rawValue.uppercased() }.listed }
  static var extensionList: String { allCases.map { "." + $0.rawValue }.listed }

  /// How samples are stored unless it is said: nil where the format has its own way.
  var defaultSampleFormat: SampleFormat? {
    switch self {
    case .wav, .aiff, .flac: .int16
    case .ogg, .opus, .mp3: nil
    }
  }

  func canStore(_ format: SampleFormat) -> Bool {
    switch self {
    case .wav, .aiff: true
    case .flac: format != .float32
    case .ogg, .opus, .mp3: false
    }
  }

  /// libsndfile's number for the container and what is in it.
  func code(_ samples: SampleFormat?) -> Int32 {
    let (container, encoding) =
      switch self {
      case .wav: (SF_FORMAT_WAV, 0)
      case .aiff: (SF_FORMAT_AIFF, 0)
      case .flac: (SF_FORMAT_FLAC, 0)
      case .ogg: (SF_FORMAT_OGG, SF_FORMAT_VORBIS)
      case .opus: (SF_FORMAT_OGG, SF_FORMAT_OPUS)
      case .mp3: (SF_FORMAT_MPEG, SF_FORMAT_MPEG_LAYER_III)
      }
    return Int32(container | (samples?.code ?? encoding))
  }
}

/// How a file without loss stores each sample.
public enum SampleFormat: String, CaseIterable, Codable, Sendable {
  /// Whole numbers of 16 bits, as on a CD.
  case int16
  /// Whole numbers of 24 bits.
  case int24
  /// Floating-point numbers of 32 bits; not in a FLAC file.
  case float32

  var words: String {
    switch self {
    case .int16: "whole numbers of 16 bits"
    case .int24: "whole numbers of 24 bits"
    case .float32: "floating-point numbers of 32 bits"
    }
  }

  fileprivate var code: Int {
    switch self {
    case .int16: SF_FORMAT_PCM_16
    case .int24: SF_FORMAT_PCM_24
    case .float32: SF_FORMAT_FLOAT
    }
  }
}

extension [String] {
  /// `a, b or c`
  fileprivate var listed: String {
    count < 2 ? joined() : dropLast().joined(separator: ", ") + " or " + self[count - 1]
  }
}
