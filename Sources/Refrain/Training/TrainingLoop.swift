import Foundation

/// The steps of a training, from event to event.
final class TrainingLoop {
  let configuration: TrainingConfiguration
  private(set) var progress: TrainingProgress
  let limits: TrainingLimits
  let network: Network
  private let validation: (any TokenCorpus)?
  private var batches: TokenBatches
  let workspace: Workspace
  let optimizer: OptimizerMemory
  private let evaluator: Evaluator
  private let pool: ThreadPool
  private let kernels: any KernelSet.Type

  /// Events that are due before the next step.
  private var pending: [TrainingEvent] = [.checkpoint]
  private var hasEnded = false
  private let clock = ContinuousClock()
  private let begin: ContinuousClock.Instant
  private let firstStep: Int
  private var lastReport: ContinuousClock.Instant
  private var lastCheckpoint: ContinuousClock.Instant
  private var sinceReport = LossSum()
  private var norm = 0.0
  private var rate = 0.0

  /// Steps and seconds between two reports, whichever comes first.
  private static let reportEvery = (steps: 50, seconds: 1.0)
  /// Seconds between two checkpoints at most.
  private static let checkpointEvery = 60.0
  /// Steps and seconds after which the number of steps that fit into the minutes is estimated.
  private static let estimateAfter = (steps: 20, seconds: 2.0)
  /// The loss may grow to this multiple of the first one.
  private static let explosion = 3.0

  init(
    _ network: Network, training: any TokenCorpus, validation: (any TokenCorpus)?,
    configuration: TrainingConfiguration, limits: TrainingLimits,
    continuing checkpoint: TrainingCheckpoint?, threads: Int, kernels: KernelChoice
  ) throws {
    var configuration = configuration
    (configuration.sequenceLength, configuration.batchSize) = TokenBatches.fitting(
      count: training.count, steps: configuration.sequenceLength,
      sequences: configuration.batchSize)
    self.configuration = configuration
    self.network = network
    self.validation = validation
    self.limits = limits
    progress = checkpoint?.progress ?? TrainingProgress()
    if let checkpoint {
      progress.go(on: checkpoint, with: configuration, tokens: training.count)
    }
    pool = ThreadPool(count: threads)
    self.kernels = kernels.kernels
    workspace = Workspace(
      network, steps: configuration.sequenceLength, sequences: configuration.batchSize,
      mode: .training, pool: pool, kernels: kernels)
    evaluator = Evaluator(network, pool: pool, kernels: kernels)
    optimizer = OptimizerMemory(configuration.optimizer, for: network)
    batches = try TokenBatches(
      corpus: training, steps: configuration.sequenceLength, sequences: configuration.batchSize,
      position: progress.batch)
    begin = clock.now
    lastReport = begin
    lastCheckpoint = begin
    firstStep = progress.step
    if let checkpoint { restore(checkpoint) }
    if limits.minutes == nil, let steps = stepLimit { progress.plan = .init(steps: steps) }
  }

  private var seconds: Double { (clock.now - begin) / .seconds(1) }
  private var epoch: Double {
    Double(progress.epoch) + Double(progress.batch) / Double(batches.batchesPerEpoch)
  }

  /// The step at which the limits end the training, as far as they are steps.
  private var stepLimit: Int? {
    let byEpochs = limits.epochs.map { $0 * batches.batchesPerEpoch }
    return [limits.steps, byEpochs].compactMap { $0 }.min()
  }

  /// Trains up to the next event; nil after the end.
  func nextEvent() throws -> TrainingEvent? {
    while pending.isEmpty {
      if hasEnded { return nil }
      try advance()
    }
    return pending.removeFirst()
  }

  /// One step, and the events that it makes due.
  private func advance() throws {
    if let end = endBeforeStep { return try finish(end) }
    let batch = try batches.next()
    rate =
      configuration.learningRate
      * configuration.schedule.factor(
        step: progress.step, plan: progress.plan, plateaus: progress.plateaus)
    let loss = workspace.gradient(batch, step: progress.step, seed: configuration.seed)
    let clip = configuration.clip > 0 ? configuration.clip : .infinity
    norm = optimizer.step(rate: rate, clip: clip, pool: pool, kernels: kernels)
    if progress.firstLoss == nil { progress.firstLoss = loss }
    if diverges(loss) {
      hasEnded = true
      pending.append(.end(.diverged(loss: loss, step: progress.step + 1)))
      return
    }
    progress.step += 1
    progress.batch += 1
    if progress.batch == batches.batchesPerEpoch {
      progress.batch = 0
      progress.epoch += 1
    }
    let tokens = batch.steps * batch.sequences
    sinceReport.add(loss, tokens: tokens)
    progress.sinceEvaluation.add(loss, tokens: tokens)
    estimateSteps()
    try addEvents()
  }

  private func addEvents() throws {
    let evaluates = progress.step % configuration.evaluateEvery == 0
    let reportAge = (clock.now - lastReport) / .seconds(1)
    if evaluates || sinceReport.steps >= Self.reportEvery.steps
      || reportAge >= Self.reportEvery.seconds || progress.step == firstStep + 1
    {
      report(age: reportAge)
    }
    if evaluates { try evaluate() }
    let saves = configuration.saveEvery > 0 && progress.step % configuration.saveEvery == 0
    let age = (clock.now - lastCheckpoint) / .seconds(1)
    if evaluates || saves || age >= Self.checkpointEvery {
      pending.append(.checkpoint)
      lastCheckpoint = clock.now
    }
  }

  private func diverges(_ loss: Double) -> Bool {
    if !loss.isFinite || !norm.isFinite { return true }
    let start = max(progress.firstLoss ?? loss, log(Double(network.description.outputSize)))
    return loss > Self.explosion * start
  }

  // MARK: - Reports

  private func report(age: Double) {
    let (fraction, left) = remaining
    pending.append(
      .step(
        StepReport(
          step: progress.step, epoch: epoch, loss: sinceReport.mean, gradientNorm: norm,
          learningRate: rate, tokensPerSecond: Double(sinceReport.tokens) / max(age, 1e-9),
          seconds: seconds, fractionDone: fraction, secondsLeft: left)))
    sinceReport = LossSum()
    lastReport = clock.now
  }

  private var remaining: (fraction: Double?, seconds: Double?) {
    var fractions: [(Double, Double)] = []
    if let steps = stepLimit ?? progress.plan?.steps, steps > firstStep {
      let done = Double(progress.step - firstStep)
      let all = Double(steps - firstStep)
      fractions.append((done / all, seconds / max(done, 1) * (all - done)))
    }
    if let minutes = limits.minutes, minutes > 0 {
      fractions.append((min(seconds / (minutes * 60), 1), max(minutes * 60 - seconds, 0)))
    }
    guard let nearest = fractions.min(by: { $0.1 < $1.1 }) else { return (nil, nil) }
    return (nearest.0, nearest.1)
  }

  private func evaluate() throws {
    let loss: Double
    if let validation {
      loss = try evaluator.evaluate(validation).loss
    } else {
      loss = progress.sinceEvaluation.mean
    }
    // Without a step since the last evaluation there is nothing to compare.
    let isBest = loss < progress.bestLoss ?? .infinity
    if isBest {
      progress.bestLoss = loss
      progress.bestStep = progress.step
    }
    progress.validationLoss = loss
    progress.evaluationsSinceBest = isBest ? 0 : progress.evaluationsSinceBest + 1
    progress.evaluationsOnPlateau = isBest ? 0 : progress.evaluationsOnPlateau + 1
    if case .plateau(let patience, _) = configuration.schedule.shape,
      progress.evaluationsOnPlateau >= patience
    {
      progress.plateaus += 1
      progress.evaluationsOnPlateau = 0
    }
    pending.append(
      .evaluation(
        EvaluationReport(
          step: progress.step, epoch: epoch,
          trainingLoss: progress.sinceEvaluation.steps > 0 ? progress.sinceEvaluation.mean : nil,
          loss: loss,
          isBest: isBest, evaluationsSinceBest: progress.evaluationsSinceBest, seconds: seconds)))
    progress.sinceEvaluation = LossSum()
    // Evaluating is not training: it does not count towards tokens per second.
    lastReport = clock.now
  }

  // MARK: - The end

  /// What ends the training before another step; nil: nothing.
  var endBeforeStep: TrainingEnd? {
    if let steps = stepLimit, progress.step >= steps { return .finished }
    if limits.minutes != nil, let plan = progress.plan, progress.step >= plan.steps {
      return .finished
    }
    if let minutes = limits.minutes, seconds >= minutes * 60 { return .timeIsUp }
    if configuration.patience > 0, progress.evaluationsSinceBest >= configuration.patience {
      return .noImprovement(evaluations: progress.evaluationsSinceBest)
    }
    return nil
  }

  private func finish(_ end: TrainingEnd) throws {
    hasEnded = true
    if sinceReport.steps > 0 { report(age: (clock.now - lastReport) / .seconds(1)) }
    if progress.sinceEvaluation.steps > 0 { try evaluate() }
    pending += [.checkpoint, .end(end)]
  }

  /// With minutes and a schedule that has an end, the steps that fit are estimated once.
  private func estimateSteps() {
    guard let minutes = limits.minutes, progress.plan == nil,
      case .cosine = configuration.schedule.shape
    else { return }
    let done = progress.step - firstStep
    guard done >= Self.estimateAfter.steps, seconds >= Self.estimateAfter.seconds else { return }
    let perStep = seconds / Double(done)
    // An evaluation goes forward only, which takes about a third of a training step.
    let tokens = Double(configuration.batchSize * configuration.sequenceLength)
    let evaluation = Double(validation?.count ?? 0) / tokens / 3
    let overhead = 1 + evaluation / Double(configuration.evaluateEvery)
    let left = max(minutes * 60 - seconds, 0) / (perStep * overhead)
    let steps = progress.step + Int(left * 0.98)
    progress.plan = .init(decided: progress.step, steps: min(steps, stepLimit ?? steps))
  }
}
