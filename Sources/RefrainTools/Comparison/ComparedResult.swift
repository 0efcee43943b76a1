public import Refrain

/// How a unit did in a ``UnitComparison``.
public struct ComparedResult: Sendable {
  /// One evaluation on the validation part.
  public struct Evaluation: Equatable, Sendable {
    /// Steps done.
    public let step: Int
    /// Seconds since its training began.
    public let seconds: Double
    /// The loss, as the description's output measures it: nats per token, for a text.
    public let loss: Double
  }

  /// What was trained.
  public let compared: ComparedUnit
  /// All evaluations up to now, in order.
  public private(set) var evaluations: [Evaluation] = []
  /// Steps done.
  public private(set) var steps = 0
  /// Seconds of its training, evaluations included.
  public private(set) var seconds = 0.0
  /// Why it ended; nil while it goes on, and where nobody let it.
  public private(set) var end: TrainingEnd?
  private var tokens = 0
  private var secondsOfSteps = 0.0

  init(_ compared: ComparedUnit) { self.compared = compared }

  /// The evaluation with the lowest loss; nil before the first.
  public var best: Evaluation? { evaluations.min { $0.loss < $1.loss } }

  /// Steps per second, evaluations not counted; 0 before the first report.
  public var stepsPerSecond: Double { secondsOfSteps > 0 ? Double(steps) / secondsOfSteps : 0 }

  /// Tokens per second, or what a network reads at each step, evaluations not counted; 0 before the first
  /// report.
  public var tokensPerSecond: Double { secondsOfSteps > 0 ? Double(tokens) / secondsOfSteps : 0 }

  /// Takes in what the trainer tells.
  mutating func add(_ event: TrainingEvent) {
    switch event {
    case .step(let report):
      tokens += report.tokens
      if report.tokensPerSecond > 0 {
        secondsOfSteps += Double(report.tokens) / report.tokensPerSecond
      }
      (steps, seconds) = (report.step, report.seconds)
    case .evaluation(let report):
      seconds = report.seconds
      evaluations.append(.init(step: report.step, seconds: report.seconds, loss: report.loss))
    case .checkpoint: break
    case .end(let end): self.end = end
    }
  }
}
