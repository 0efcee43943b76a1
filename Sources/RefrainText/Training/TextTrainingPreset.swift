public import Refrain
public import RefrainRuns

/// A whole recipe for a training on text: the network, how it is trained, and when it ends.
///
/// What each reaches, and what else was tried, is in `Documentation/Recipes.md`.
public enum TextTrainingPreset: String, CaseIterable, Sendable {
  /// Half a minute: enough to see whether a text can be learned.
  case quick
  /// Three minutes: words and lines come out right.
  case good
  /// Ten minutes: the best that was found for a text of about a million characters on two cores.
  case best

  /// The network.
  public var model: TextModel {
    var model = TextModel()
    switch self {
    case .quick: (model.hidden, model.layers) = (192, 1)
    case .good: (model.hidden, model.layers, model.dropout) = (384, 1, 0.3)
    case .best: (model.hidden, model.layers, model.dropout) = (512, 1, 0.5)
    }
    return model
  }

  /// How it is trained.
  public var configuration: TrainingConfiguration {
    var configuration = TrainingConfiguration()
    configuration.batchSize = 32
    configuration.clip = 1
    configuration.evaluateEvery = 500
    switch self {
    case .quick:
      configuration.sequenceLength = 32
      configuration.learningRate = 0.005
      configuration.schedule = Schedule(.cosine(), warmup: 100)
    case .good:
      configuration.sequenceLength = 64
      configuration.learningRate = 0.004
      configuration.schedule = Schedule(.cosine(), warmup: 200)
    case .best:
      configuration.sequenceLength = 64
      configuration.learningRate = 0.003
      configuration.schedule = Schedule(.cosine(), warmup: 200)
      configuration.optimizer = .adamW(weightDecay: 0.1)
    }
    return configuration
  }

  /// When it ends: after minutes, so that a faster machine reads more text in them.
  public var limits: TrainingLimits {
    switch self {
    case .quick: TrainingLimits(minutes: 0.5)
    case .good: TrainingLimits(minutes: 3)
    case .best: TrainingLimits(minutes: 10)
    }
  }
}

extension TrainingRequest where M == TextMaterial {
  /// A training by a whole recipe on `inputs`.
  public init(inputs: [String], preset: TextTrainingPreset) {
    self.init(inputs: inputs)
    options.model = preset.model
    configuration = preset.configuration
    limits = preset.limits
  }
}
