internal import CSndfile

/// How a file that is read stores its samples.
struct SoundEncoding {
  private let container: Int
  private let encoding: Int

  /// - Parameter code: libsndfile's number.
  init(code: Int32) {
    container = Int(code) & SF_FORMAT_TYPEMASK
    encoding = Int(code) & SF_FORMAT_SUBMASK
  }

  /// Whether channels stand in the order of Ogg, with the centre second, and not in WAV's.
  var isOgg: Bool { container == SF_FORMAT_OGG }

  /// `FLAC, 24 bits`
  var words: String {
    switch encoding {
    case SF_FORMAT_VORBIS: "Ogg Vorbis"
    case SF_FORMAT_OPUS: "Ogg Opus"
    case SF_FORMAT_MPEG_LAYER_I: "MP1"
    case SF_FORMAT_MPEG_LAYER_II: "MP2"
    case SF_FORMAT_MPEG_LAYER_III: "MP3"
    default: "\(containerName), \(sampleWords)"
    }
  }

  private var containerName: String {
    switch container {
    case SF_FORMAT_WAV, SF_FORMAT_WAVEX: "WAV"
    case SF_FORMAT_RF64: "RF64"
    case SF_FORMAT_W64: "Wave64"
    case SF_FORMAT_AIFF: "AIFF"
    case SF_FORMAT_FLAC: "FLAC"
    case SF_FORMAT_OGG: "Ogg"
    case SF_FORMAT_AU: "AU"
    case SF_FORMAT_CAF: "CAF"
    default: "sound"
    }
  }

  private var sampleWords: String {
    switch encoding {
    case SF_FORMAT_PCM_S8, SF_FORMAT_PCM_U8: "8 bits"
    case SF_FORMAT_PCM_16, SF_FORMAT_ALAC_16: "16 bits"
    case SF_FORMAT_ALAC_20: "20 bits"
    case SF_FORMAT_PCM_24, SF_FORMAT_ALAC_24: "24 bits"
    case SF_FORMAT_PCM_32, SF_FORMAT_ALAC_32: "32 bits"
    case SF_FORMAT_FLOAT: "32-bit floating point"
    case SF_FORMAT_DOUBLE: "64-bit floating point"
    case SF_FORMAT_ULAW: "µ-law"
    case SF_FORMAT_ALAW: "A-law"
    default: "compressed"
    }
  }
}
