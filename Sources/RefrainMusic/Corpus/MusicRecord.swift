public import Refrain
public import RefrainRuns

/// What a model file tells of the music that the model was trained on.
public struct MusicRecord: MaterialRecord {
  /// How sound is cut into frames.
  public var settings: SpectrogramSettings
  /// How a network's values are made of frames.
  public var scale: FrameScale
  /// The recordings.
  public var places: [MusicCorpus.Place]
  /// The share of the frames, at the end, to validate on.
  public var validationFraction: Double
  /// Frames of a window, for a network that predicts only the last step.
  public var window: Int
  /// What is usual in the music; nil where none of it can be heard.
  public var range: ListeningRange?
  /// Steps between two samples; 0: one at each evaluation.
  public var sampleEvery: Int
  /// Models of the last evaluations to keep; nil: none, and so in files of runs that keep none.
  public var keep: Int?

  /// Seconds of music that it was trained and validated on.
  public var seconds: Double {
    Double(places.reduce(0) { $0 + $1.count }) / settings.frameRate
  }

  /// Whether it is music of one channel or of two.
  public var layout: ChannelLayout { scale.channels == 1 ? .mono : .stereo }
}

extension MusicRecord {
  /// Whether the numbers belong to each other and to the network: a file can say anything.
  public func isPossible(with description: ModelDescription) -> Bool {
    settings.isPossible && (1...2).contains(scale.channels)
      && scale.size == scale.channels * settings.bins && scale.size == description.inputSize
      && description.readsFrames && description.predictsFrames && !description.predictsLabels
      && scale.size == description.outputSize && scale.deviations.count == scale.size
      && scale.greatest.count == scale.size
      && scale.greatest.allSatisfy { $0 >= 0 && $0.isFinite }
      && (scale.means + scale.deviations).allSatisfy { $0.isFinite && abs($0) < 1e4 }
      && scale.deviations.allSatisfy { $0 > 0 } && scale.floor > 0 && scale.floor < 1e4
      && (0..<1).contains(validationFraction)
      && (1...1_000_000).contains(window)
      && placesFollowEachOther
  }

  /// Of a network that predicts only the last step, the window is what it was trained on.
  public mutating func adapt(to configuration: TrainingConfiguration) {
    window = configuration.sequenceLength
  }

  private var placesFollowEachOther: Bool {
    var next = 0
    for place in places {
      guard place.first == next, (1..<1 << 40).contains(place.count) else { return false }
      next += place.count
    }
    return !places.isEmpty
  }
}

extension SpectrogramSettings {
  /// Whether a sound can be cut like that.
  public var isPossible: Bool {
    SoundFile.sampleRates.contains(sampleRate) && (16...65_536).contains(fftSize)
      && fftSize & (fftSize - 1) == 0 && (16...fftSize).contains(window)
      && (1...window).contains(hop)
  }
}
