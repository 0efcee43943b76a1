internal import Foundation
public import Refrain

/// What a training on music is asked for.
public struct MusicTrainingRequest: Sendable {
  /// Sound files and folders of them.
  public var inputs: [String]
  /// How sound is cut into frames.
  public var settings = SpectrogramSettings()
  /// Whether music is heard in one channel or in two.
  public var layout = ChannelLayout.mono
  /// What a network reads: normalised logarithms, or magnitudes as they are.
  public var kind = FrameScale.Kind.logarithmic
  /// The network; nil: the lecture's larger model.
  public var model: MusicModel? = MusicModel()
  /// A model file or run folder whose weights to begin with; ``settings`` and ``kind`` must be that model's
  /// (``start(from:)`` sees to it).
  public var startFrom: String?
  /// True where the network of ``startFrom`` is taken instead of ``model``.
  public var takesModelOfStart = false
  /// How it is trained.
  public var configuration = Self.standardConfiguration
  /// When the training ends.
  public var limits = TrainingLimits(epochs: 50)
  /// The share of the frames, at the end, to validate on; in 0..<1.
  public var validationFraction = 0.1
  /// Steps between two sounds made for listening; 0: one at each evaluation.
  public var sampleEvery = 0
  /// Models of the last evaluations to keep besides the best and the last.
  public var keep = 0
  /// How many threads to use; 0: all cores.
  public var threads = 0

  /// A training by the recipe that sounds best on `inputs`.
  public init(inputs: [String]) { self.inputs = inputs }

  /// A training by a whole recipe on `inputs`.
  public init(inputs: [String], preset: MusicTrainingPreset) {
    self.init(inputs: inputs)
    switch preset {
    case .lecture:
      kind = .linear
      model = nil
      configuration = TrainingConfiguration()
      configuration.batchSize = 64
      configuration.sequenceLength = 40
      configuration.learningRate = 0.001
      configuration.clip = 0
      configuration.evaluateEvery = 100
      limits = TrainingLimits(epochs: 300)
    }
  }

  /// How the recipe that sounds best is trained.
  public static var standardConfiguration: TrainingConfiguration {
    var configuration = TrainingConfiguration()
    configuration.batchSize = 16
    configuration.sequenceLength = 64
    configuration.learningRate = 0.002
    configuration.schedule = Schedule(.cosine(), warmup: 50)
    configuration.clip = 1
    configuration.evaluateEvery = 100
    return configuration
  }
}

/// What must be known besides the model file to use it and to go on with a run; kept in the model file.
public struct MusicRunInformation: Codable, Sendable {
  /// How sound is cut into frames.
  public var settings: SpectrogramSettings
  /// How a network's values are made of frames.
  public var scale: FrameScale
  /// The recordings.
  public var places: [MusicCorpus.Place]
  /// The share of the frames, at the end, to validate on.
  public var validationFraction: Double
  /// Frames of a window, for a network that says only the last step.
  public var window: Int
  /// What is usual in the music; nil where none of it can be heard.
  public var range: ListeningRange?
  var sampleEvery: Int
  /// Models of the last evaluations to keep; nil: none, and so in files of runs that keep none.
  var keep: Int?

  /// Seconds of music that it was trained and validated on.
  public var seconds: Double {
    Double(places.reduce(0) { $0 + $1.count }) / settings.frameRate
  }

  /// Whether it is music of one channel or of two.
  public var layout: ChannelLayout { scale.channels == 1 ? .mono : .stereo }
}

extension ModelFile {
  /// Whether this is a model of music.
  public var isMusic: Bool { information["music"] != nil }

  /// What a model of music's file says of its run.
  ///
  /// - Throws: ``ModelFileError`` if it is no model of music, or says what cannot be.
  public func musicRunInformation(path: String) throws -> MusicRunInformation {
    guard let text = information["music"] else {
      throw MusicTrainingError.notMusic(path: path)
    }
    guard let value = try? JSONDecoder().decode(MusicRunInformation.self, from: Data(text.utf8)),
      value.isPossible(with: network.description)
    else { throw ModelFileError.damaged(path: path, what: "what it says of its music cannot be") }
    return value
  }
}

extension MusicRunInformation {
  /// Whether the numbers belong to each other and to the network: a file can say anything.
  fileprivate func isPossible(with description: ModelDescription) -> Bool {
    settings.isPossible && (1...2).contains(scale.channels)
      && scale.size == scale.channels * settings.bins && scale.size == description.inputSize
      && description.readsFrames && description.saysFrames && !description.saysLabels
      && scale.size == description.outputSize && scale.deviations.count == scale.size
      && scale.greatest.count == scale.size
      && scale.greatest.allSatisfy { $0 >= 0 && $0.isFinite }
      && (scale.means + scale.deviations).allSatisfy { $0.isFinite && abs($0) < 1e4 }
      && scale.deviations.allSatisfy { $0 > 0 } && scale.floor > 0 && scale.floor < 1e4
      && (0..<1).contains(validationFraction) && sampleEvery >= 0
      && (keep ?? 0) >= 0
      && (1...1_000_000).contains(window)
      && placesFollowEachOther
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

/// Why a training on music cannot begin or go on.
public enum MusicTrainingError: Error, Equatable, CustomStringConvertible {
  /// The model is not one of music.
  case notMusic(path: String)
  /// The model to start from has frames of another kind than were asked for.
  case otherFrames(
    path: String, settings: SpectrogramSettings, kind: FrameScale.Kind, layout: ChannelLayout)
  /// There is too little sound.
  case tooShort(seconds: Double)
  /// A recording is no longer there.
  case vanished(path: String)
  /// A recording is not what it was.
  case changed(path: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .notMusic(let path):
      return "\(path) is no model of music: it was trained on text."
    case .otherFrames(let path, let settings, let kind, let layout):
      let scale = kind == .linear ? "magnitudes as they are" : "logarithms of magnitudes"
      return "\(path) reads \(scale), \(layout.rawValue), from \(settings.window) samples every "
        + "\(settings.hop), at \(settings.sampleRate) samples per second; leave out --sample-rate, "
        + "--stereo, --window and --hop to cut the new music like that, or begin without "
        + "--start-from."
    case .tooShort(let seconds):
      return "There is only \(SoundWords.duration(seconds)) of sound to learn from; give it ten "
        + "seconds or more."
    case .vanished(let path):
      return "\(path) is no longer there: put it back, or say where it (or its folder) is now with "
        + "--moved OLD=NEW."
    case .changed(let path):
      return
        "\(path) is no longer the recording that this run was begun with; put the old one back, "
        + "or begin a new run."
    }
  }
}
