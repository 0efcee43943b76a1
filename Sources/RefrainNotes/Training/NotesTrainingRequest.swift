public import Refrain
public import RefrainRuns

extension NotesMaterial {
  /// What only a training on notes can be asked for.
  public struct Options: Sendable {
    /// How many time steps make a quarter note, 1 to 64; nil: ``NotesCorpus/standardGrid(isCollection:)``, or those of
    /// the model to begin with.
    public var stepsPerQuarter: Int?
    /// Half-tones, up to which each piece is learned in every transposition down and up; 0: only as it is.
    public var transpose = 0
    /// The network, where there is no model to begin with.
    public var model = NotesModel()
    /// The share of MIDI files, the last ones, to validate on, in 0..<1; a collection has a part for that.
    public var validationFraction = 0.1

    /// The widest transposition: an octave.
    public static let mostHalfTones = 12
  }
}

extension TrainingRequest where M == NotesMaterial {
  /// A training by the recipe that predicts best on `inputs`: MIDI files and folders of them, or one collection
  /// of pieces.
  public init(inputs: [String]) {
    self.init(
      inputs: inputs, options: M.Options(), configuration: Self.standardConfiguration,
      limits: Self.standardLimits)
  }

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
  public static var standardLimits: TrainingLimits { TrainingLimits(steps: 4000) }
}
