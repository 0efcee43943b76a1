public import Refrain
public import RefrainRuns

extension MusicMaterial {
  /// What only a training on music can be asked for.
  public struct Options: Sendable {
    /// How sound is cut into frames.
    public var settings = SpectrogramSettings()
    /// Whether music is heard in one channel or in two.
    public var layout = ChannelLayout.mono
    /// What a network reads: normalised logarithms, or magnitudes as they are.
    public var kind = FrameScale.Kind.logarithmic
    /// The network; nil: the lecture's larger model.
    public var model: MusicModel? = MusicModel()
    /// True where the network of the model to begin with is taken instead of ``model``.
    public var takesModelOfStart = false
    /// The share of the frames, at the end, to validate on; in 0..<1.
    public var validationFraction = 0.1
  }
}

extension TrainingRequest where M == MusicMaterial {
  /// A training by the recipe that sounds best on `inputs`: sound files and folders of them.
  public init(inputs: [String]) {
    self.init(
      inputs: inputs, options: M.Options(), configuration: Self.standardConfiguration)
  }

  /// A training by a whole recipe on `inputs`.
  public init(inputs: [String], preset: MusicTrainingPreset) {
    self.init(inputs: inputs)
    switch preset {
    case .lecture:
      options.kind = .linear
      options.model = nil
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

  /// Lets the training begin with the weights of a model, with its network and its frames.
  ///
  /// ``MusicMaterial/Options/model`` is then the model's, so that its dropout and noise may be changed; where it
  /// has other layers than a ``MusicModel`` describes, `takesModelOfStart` is set.
  ///
  /// - Parameter path: a model file or run folder.
  /// - Throws: ``/RefrainRuns/RunFolderError``, ``/Refrain/ModelFileError``, ``/RefrainRuns/OtherMaterialError``.
  public mutating func start(from path: String) throws {
    let start = try TrainedModel(path)
    let record = try start.record(of: MusicMaterial.self)
    startFrom = path
    options.settings = record.settings
    options.kind = record.scale.kind
    options.layout = record.layout
    options.model = MusicModel(start.network.description)
    options.takesModelOfStart = options.model == nil
  }

  /// A network's weights have learned values of mean 0 and deviation 1, which the new music's own scale makes of
  /// it; so only the kind of the scale has to be the same, and how sound is cut into frames.
  ///
  /// - Throws: ``MusicTrainingError/otherFrames(path:settings:kind:layout:)``.
  func check(_ start: TrainedModel) throws {
    let record = try start.record(of: MusicMaterial.self)
    guard options.settings == record.settings, options.kind == record.scale.kind,
      options.layout == record.layout
    else {
      throw MusicTrainingError.otherFrames(
        path: start.path, settings: record.settings, kind: record.scale.kind,
        layout: record.layout)
    }
  }
}
