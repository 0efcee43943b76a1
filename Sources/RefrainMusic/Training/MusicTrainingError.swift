public import Refrain

/// Why a training on music cannot begin or go on.
public enum MusicTrainingError: SentenceError, Equatable {
  /// The model to start from has frames of another kind than were asked for.
  case otherFrames(
    path: String, settings: SpectrogramSettings, kind: FrameScale.Kind, layout: ChannelLayout)
  /// There is too little sound.
  case tooShort(seconds: Double)

  /// One sentence.
  public var sentence: Sentence {
    switch self {
    case .otherFrames(let path, let settings, let kind, let layout):
      let scale = kind == .linear ? "magnitudes as they are" : "logarithms of magnitudes"
      return "\(path) reads \(scale), \(layout.rawValue), from \(settings.window) samples every "
        + "\(settings.hop), at \(settings.sampleRate) samples per second; leave out \(.sampleRate), "
        + "\(.stereo), \(.window) and \(.hop) to cut the new music like that, or begin without "
        + "\(.startFrom)."
    case .tooShort(let seconds):
      return "There is only \(SoundWords.duration(seconds)) of sound to learn from; give it ten "
        + "seconds or more."
    }
  }
}
