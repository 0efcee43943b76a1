public import Refrain

/// What a training on notes is asked for.
public struct NotesTrainingRequest: Sendable {
  /// MIDI files and folders of them, or one collection of pieces.
  public var inputs: [String]
  /// How many moments make a quarter note, 1 to 64; nil: ``NotesCorpus/standardGrid(isCollection:)``.
  public var momentsPerQuarter: Int?
  /// Half-tones, up to which each piece is learned in every transposition down and up; 0: only as it is.
  public var transpose = 0
  /// The network.
  public var model = NotesModel()
  /// A model file or run folder of notes whose network and weights to begin with, instead of ``model``.
  public var startFrom: String?
  /// How it is trained.
  public var configuration = Self.standardConfiguration
  /// When the training ends.
  public var limits = Self.standardLimits
  /// The share of MIDI files, the last ones, to validate on, in 0..<1; a collection has a part for that.
  public var validationFraction = 0.1
  /// Steps between two pieces made for listening; 0: one at each evaluation.
  public var sampleEvery = 0
  /// Models of the last evaluations to keep besides the best and the last.
  public var keep = 0
  /// How many threads to use; 0: all cores.
  public var threads = 0

  /// The widest transposition: an octave.
  public static let mostHalfTones = 12

  /// A training by the recipe that predicts best on `inputs`.
  public init(inputs: [String]) { self.inputs = inputs }

  /// How the recipe that predicts best is trained.
  public static var standardConfiguration: TrainingConfiguration {
    var configuration = TrainingConfiguration()
    configuration.batchSize = 8
    configuration.sequenceLength = 64
    configuration.learningRate = 0.01
    configuration.schedule = Schedule(.cosine(), warmup: 50)
    configuration.clip = 1
    configuration.evaluateEvery = 250
    return configuration
  }

  /// How long it is trained.
  public static let standardLimits = TrainingLimits(steps: 4000)
}
