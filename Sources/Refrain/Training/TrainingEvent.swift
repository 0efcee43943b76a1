/// What a ``Trainer`` tells while it trains.
public enum TrainingEvent: Sendable {
  /// Some steps have been trained.
  case step(StepReport)
  /// The validation part has been evaluated.
  case evaluation(EvaluationReport)
  /// Now is the time to save ``Trainer/checkpoint()``.
  case checkpoint
  /// The training is over.
  case end(TrainingEnd)
}

/// How the last steps went.
public struct StepReport: Sendable {
  /// Steps done since the beginning.
  public let step: Int
  /// Epochs done, with the fraction of the current one.
  public let epoch: Double
  /// The mean loss of the steps since the last report, in nats per token.
  public let loss: Double
  /// The mean loss of the steps since the last line of `metrics.csv`, where a line is due: which steps have
  /// one depends on their numbers alone, not on the clock, nor on where a training was stopped. Nil elsewhere.
  public let lineLoss: Double?
  /// The norm of the last gradient before it was clipped.
  public let gradientNorm: Double
  /// The learning rate of the last step.
  public let learningRate: Double
  /// Seconds since the last report in which nothing ran, as while a computer sleeps; a training by minutes
  /// counts them, and another does not look.
  public let standstill: Double
  /// Tokens trained since the last report.
  public let tokens: Int
  /// Tokens trained per second since the last report.
  public let tokensPerSecond: Double
  /// Seconds since training began or went on.
  public let seconds: Double
  /// The share of the training that is done, in 0…1, and an estimate of the seconds left; nil where
  /// it has no end.
  public let fractionDone: Double?
  /// An estimate of the seconds left.
  public let secondsLeft: Double?
}

/// How well the network predicts the validation part.
public struct EvaluationReport: Sendable {
  /// Steps done since the beginning.
  public let step: Int
  /// Epochs done, with the fraction of the current one.
  public let epoch: Double
  /// The mean training loss since the last evaluation, in nats per token; nil before the first step.
  public let trainingLoss: Double?
  /// The validation loss in nats per token.
  public let loss: Double
  /// True if it is the lowest so far.
  public let isBest: Bool
  /// Evaluations since the lowest.
  public let evaluationsSinceBest: Int
  /// Seconds since training began or went on.
  public let seconds: Double
}

/// Why a training ended.
public enum TrainingEnd: Equatable, Sendable {
  /// All steps or epochs are done.
  case finished
  /// The minutes are over.
  case timeIsUp
  /// The validation loss has not become better for `evaluations` evaluations.
  case noImprovement(evaluations: Int)
  /// The loss is not a number, or has exploded.
  case diverged(loss: Double, step: Int)

  /// A sentence for a person, with what to try where something went wrong.
  public var explanation: Sentence {
    switch self {
    case .finished: return "All steps are done."
    case .timeIsUp: return "The time is up."
    case .noImprovement(let evaluations):
      return "The validation loss has not improved for \(evaluations) evaluations."
    case .diverged(let loss, let step):
      let what = loss.isFinite ? "exploded to \(loss)" : "is no longer a number"
      return
        "At step \(step) the loss \(what); try a lower \(.learningRate) (for example, a third of it), a lower \(.clip), or a \(.warmup) of some hundred steps. The model of the last checkpoint is unharmed."
    }
  }
}
