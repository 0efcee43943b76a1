public import Refrain

/// A unit that takes part in a ``UnitComparison``, in a network as large as the others'.
public struct ComparedUnit: Equatable, Sendable {
  /// The unit.
  public let unit: SequenceUnit
  /// Its network: the same as the others', but for the number of units, and for ``SequenceUnit/tcn`` the
  /// layers, which are as many as it takes to see as far back as a gradient reaches.
  public let model: TextModel
  /// The network's description.
  public let description: ModelDescription
  /// How many values it learns.
  public let parameters: Int
  /// Bytes of the workspace that it is trained in.
  public let workspaceBytes: Double

  /// - Parameters:
  ///   - model: what the networks have in common.
  ///   - parameters: the size that all are brought near to.
  ///   - configuration: with the batch and the length that the text allows.
  init(
    _ unit: SequenceUnit, model: TextModel, parameters: Int, vocabularySize: Int,
    configuration: TrainingConfiguration
  ) throws {
    var model = model
    model.cell = unit
    model.layers = max(model.layers, unit.layers(seeing: configuration.sequenceLength))
    // What is wrong is told of the size that was asked for.
    try model.description(vocabularySize: vocabularySize).validate()
    model.hidden = try Self.size(nearest: parameters) { hidden in
      model.hidden = hidden
      return try model.description(vocabularySize: vocabularySize).parameterCount()
    }
    self.unit = unit
    self.model = model
    description = model.description(vocabularySize: vocabularySize)
    self.parameters = try description.parameterCount()
    workspaceBytes = try MemorySize(description).workspace(
      steps: configuration.sequenceLength, sequences: configuration.batchSize, mode: .training)
  }

  /// What the user should know if the network cannot be as large as the others.
  func note(goal: Int) -> String? {
    if abs(parameters - goal) * 20 <= goal { return nil }
    let count = CorpusReport.grouped(parameters)
    return "\(unit) has \(count) parameters, as near to the others as it gets; a larger --hidden "
      + "brings them nearer."
  }

  /// The size from 1 whose count is nearest to `goal`; the count grows with the size.
  private static func size(nearest goal: Int, count: (Int) throws -> Int) throws -> Int {
    var (low, high) = (1, 1)
    while try count(high) < goal { (low, high) = (high, 2 * high) }
    while high - low > 1 {
      let middle = (low + high) / 2
      if try count(middle) < goal { low = middle } else { high = middle }
    }
    return try goal - count(low) < count(high) - goal ? low : high
  }
}

/// How a unit did in a ``UnitComparison``.
public struct ComparedResult: Sendable {
  /// One evaluation on the validation part.
  public struct Evaluation: Equatable, Sendable {
    /// Steps done.
    public let step: Int
    /// Seconds since its training began.
    public let seconds: Double
    /// Nats per token.
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
  private let tokensOfStep: Int
  private var secondsOfSteps = 0.0

  init(_ compared: ComparedUnit, tokensOfStep: Int) {
    self.compared = compared
    self.tokensOfStep = tokensOfStep
  }

  /// The evaluation with the lowest loss; nil before the first.
  public var best: Evaluation? { evaluations.min { $0.loss < $1.loss } }

  /// Steps per second, evaluations not counted; 0 before the first report.
  public var stepsPerSecond: Double { secondsOfSteps > 0 ? Double(steps) / secondsOfSteps : 0 }

  /// Tokens per second, evaluations not counted; 0 before the first report.
  public var tokensPerSecond: Double { stepsPerSecond * Double(tokensOfStep) }

  /// Takes in what the trainer tells.
  mutating func add(_ event: TrainingEvent) {
    switch event {
    case .step(let report):
      let tokens = Double((report.step - steps) * tokensOfStep)
      if report.tokensPerSecond > 0 { secondsOfSteps += tokens / report.tokensPerSecond }
      (steps, seconds) = (report.step, report.seconds)
    case .evaluation(let report):
      seconds = report.seconds
      evaluations.append(.init(step: report.step, seconds: report.seconds, loss: report.loss))
    case .checkpoint: break
    case .end(let end): self.end = end
    }
  }
}
