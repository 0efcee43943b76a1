/// Everything that decides what a training computes; stored in the model file and compared on resume.
public struct TrainingConfiguration: Codable, Equatable, Sendable {
  /// Sequences trained side by side: `B`.
  public var batchSize = 50
  /// Steps of truncated backpropagation through time: `T`.
  public var sequenceLength = 50
  /// How gradients become weights.
  public var optimizer = Optimizer.adam()
  /// The highest learning rate.
  public var learningRate = 0.002
  /// The learning rate over the steps.
  public var schedule = Schedule()
  /// The largest norm of all gradients together; 0: any.
  public var clip = 5.0
  /// The seed of every random number.
  public var seed: UInt64 = 1
  /// Steps between two evaluations.
  public var evaluateEvery = 1000
  /// Steps between two saved models, besides those at evaluations and at least every minute; 0: none.
  public var saveEvery = 0
  /// Evaluations without a better validation loss after which training stops; 0: never.
  public var patience = 0

  /// char-rnn's configuration, with Adam.
  public init() {}
}

/// When a training ends, whichever comes first.
public struct TrainingLimits: Codable, Equatable, Sendable {
  /// Training steps, from the very first.
  public var steps: Int?
  /// Times that the whole text has been read.
  public var epochs: Int?
  /// Minutes of the clock, from when training begins or goes on.
  public var minutes: Double?

  /// No limit but the given ones.
  public init(steps: Int? = nil, epochs: Int? = nil, minutes: Double? = nil) {
    self.steps = steps
    self.epochs = epochs
    self.minutes = minutes
  }
}

/// Where a training stands: everything but the weights, moments and state.
public struct TrainingProgress: Codable, Equatable, Sendable {
  /// Training steps done.
  public internal(set) var step = 0
  /// Batches of the current epoch done.
  public internal(set) var batch = 0
  /// Epochs completed.
  public internal(set) var epoch = 0
  /// The lowest validation loss so far, in nats per token, and the step it was reached at.
  public internal(set) var bestLoss: Double?
  /// The step of the lowest validation loss.
  public internal(set) var bestStep: Int?
  /// The last validation loss.
  public internal(set) var validationLoss: Double?
  /// Evaluations since the best.
  public internal(set) var evaluationsSinceBest = 0
  /// How often a plateau has lowered the learning rate.
  public internal(set) var plateaus = 0
  /// Evaluations since the best or since the last plateau.
  public internal(set) var evaluationsOnPlateau = 0
  /// The loss of the very first step, against which an explosion is told.
  public internal(set) var firstLoss: Double?
  /// How many steps the schedule runs over, once that is known.
  public internal(set) var plan: StepPlan?
  /// The step at which the optimizer began: 0, unless another one has taken over since.
  public internal(set) var optimizerBegan = 0
  /// The training losses since the last evaluation, whose mean that reports.
  package internal(set) var sinceEvaluation = LossSum()
  /// The training losses since the last line of steps in `metrics.csv`; nil right after it.
  package internal(set) var sinceLine: LossSum?

  /// The beginning.
  public init() {}
}
