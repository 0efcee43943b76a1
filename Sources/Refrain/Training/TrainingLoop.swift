import Synchronization

/// The steps of a training, from event to event.
final class TrainingLoop {
  let configuration: TrainingConfiguration
  var progress: TrainingProgress
  let limits: TrainingLimits
  let network: Network
  let validation: Validation?
  private(set) var batches: any BatchSource
  let workspace: Workspace
  let optimizer: OptimizerState
  let pool: ThreadPool
  private let kernels: any KernelSet.Type

  /// Events that are due before the next step.
  var pending: [TrainingEvent] = [.checkpoint]
  private var hasEnded = false
  /// True once the weights are of no more use.
  private(set) var hasDiverged = false
  /// Set from any thread to end the training after the step at work, or within the evaluation.
  let isStopping = StopRequest()
  /// The step of the last checkpoint since training began or went on.
  private var checkpointStep: Int?
  /// Steps at whose multiples there is a report, too; 0: none.
  var reportEvery = 0
  /// Seconds since training began or went on.
  private let clock: () -> Double
  let firstStep: Int
  /// The seconds at which the last report and the last checkpoint were made.
  var lastReport = 0.0
  private var lastCheckpoint = 0.0
  /// What ends a training by minutes.
  var timekeeper: Timekeeper?
  var sinceReport = LossSum()
  private(set) var norm = 0.0
  private(set) var rate = 0.0

  /// There is a report at multiples of this number of steps, and after so many seconds.
  private static let reportAfter = (steps: 50, seconds: 1.0)
  /// Seconds between two checkpoints at most.
  private static let checkpointEvery = 60.0
  /// The loss may grow to this multiple of the first one; that of a few tokens, which may be large by
  /// chance, to the second multiple.
  private static let explosion = (many: 3.0, few: 10.0)
  private static let explosionOfFewRows = 1000.0
  /// Fewer tokens than this are few.
  private static let fewTokens = 64

  init(
    _ network: Network, training: TrainingData, validation: TrainingData?,
    configuration: TrainingConfiguration, limits: TrainingLimits,
    continuing checkpoint: TrainingCheckpoint?, following plan: StepPlan?, threads: Int,
    kernels: KernelChoice, clock: (() -> Double)?
  ) throws {
    try configuration.check()
    try limits.check()
    var configuration = configuration
    let batchPlan = try BatchPlan(training, for: network.description)
    (configuration.sequenceLength, configuration.batchSize) = batchPlan.fitting(
      steps: configuration.sequenceLength, sequences: configuration.batchSize)
    self.configuration = configuration
    self.network = network
    self.limits = limits
    progress = checkpoint?.progress ?? TrainingProgress()
    if let checkpoint {
      try progress.go(on: checkpoint, with: configuration, batchPlan)
    }
    let pool = ThreadPool(count: threads)
    self.pool = pool
    self.kernels = kernels.kernels
    workspace = batchPlan.workspace(network, configuration, pool: pool, kernels: kernels)
    let used = configuration
    self.validation = try validation.map {
      try Validation($0, network, configuration: used, pool: pool, kernels: kernels)
    }
    optimizer = OptimizerState(configuration.optimizer, for: network)
    batches = try batchPlan.batches(configuration, at: progress)
    self.clock = clock ?? Self.wallClock()
    firstStep = progress.step
    if let checkpoint { try restore(checkpoint) }
    planSteps(after: checkpoint, following: plan)
    if progress.step > 0 { rate = rate(step: progress.step - 1) }
  }

  /// Seconds since training began or went on.
  var seconds: Double { clock() }

  private static func wallClock() -> () -> Double {
    let clock = ContinuousClock()
    let begin = clock.now
    return { (clock.now - begin) / .seconds(1) }
  }

  /// Epochs done, with the fraction of the current one.
  var epoch: Double {
    Double(progress.epoch) + Double(progress.batch) / Double(batches.batchesPerEpoch)
  }

  /// Trains up to the next event; nil after the end, and after an error.
  func nextEvent() throws -> TrainingEvent? {
    do {
      while pending.isEmpty {
        if hasEnded { return nil }
        try isStopping.value ? stop() : advance()
      }
    } catch {
      // Some streams have been read further than others: nothing can go on from here.
      hasEnded = true
      throw error
    }
    return pending.removeFirst()
  }

  /// One step, and the events that it makes due.
  private func advance() throws {
    if isEvaluationDue {
      if try evaluate() { addCheckpoint() }
      return
    }
    decideEnd()
    if let end = endBeforeStep { return try finish(end) }
    timekeeper?.begin(at: seconds)
    let batch = try batches.next()
    rate = rate(step: progress.step)
    let loss = workspace.gradient(batch, step: progress.step, seed: configuration.seed)
    let clip = configuration.clip > 0 ? configuration.clip : .infinity
    norm = optimizer.step(rate: rate, clip: clip, threads: workspace.threads, kernels: kernels)
    if diverges(loss, of: batch) { return diverge(loss, step: progress.step + 1) }
    if progress.firstLoss == nil { progress.firstLoss = loss }
    progress.step += 1
    progress.batch += 1
    if progress.batch == batches.batchesPerEpoch {
      progress.batch = 0
      progress.epoch += 1
    }
    sinceReport.add(loss, of: batch)
    progress.sinceEvaluation.add(loss, of: batch)
    progress.sinceLine = progress.sinceLine ?? LossSum()
    progress.sinceLine?.add(loss, of: batch)
    revisePlan()
    try addEvents()
  }

  /// The learning rate of the step after `step` steps.
  private func rate(step: Int) -> Double {
    configuration.learningRate
      * configuration.schedule.factor(
        step: step, plan: progress.plan, plateaus: progress.plateaus)
  }

  private func addEvents() throws {
    let evaluates = progress.step % configuration.evaluateEvery == 0
    let reportAge = seconds - lastReport
    let isLine =
      evaluates || progress.step == 1 || progress.step % Self.reportAfter.steps == 0
      || (reportEvery > 0 && progress.step % reportEvery == 0)
    if isLine || reportAge >= Self.reportAfter.seconds || progress.step == firstStep + 1 {
      report(age: reportAge, isLine: isLine)
    }
    // One that is given up is made where the training goes on.
    if evaluates { _ = try evaluate() }
    let saves = configuration.saveEvery > 0 && progress.step % configuration.saveEvery == 0
    let age = seconds - lastCheckpoint
    if evaluates || saves || age >= Self.checkpointEvery { addCheckpoint() }
  }

  /// Only weights that are numbers are saved.
  private func addCheckpoint() {
    if hasDiverged { return }
    if !optimizer.weightsAreFinite(kernels: kernels) {
      return diverge(.nan, step: progress.step)
    }
    pending.append(.checkpoint)
    lastCheckpoint = seconds
    checkpointStep = progress.step
  }

  private func diverges(_ loss: Double, of batch: Batch) -> Bool {
    if !loss.isFinite || !norm.isFinite { return true }
    if batches is RowBatches, isOfFewRows(batch) {
      return loss > Self.explosionOfFewRows * max(progress.firstLoss ?? loss, 1)
    }
    let tokens = configuration.batchSize * configuration.sequenceLength
    let factor = tokens < Self.fewTokens ? Self.explosion.few : Self.explosion.many
    let first = progress.firstLoss ?? loss
    return loss > network.description.output.kind.mostLoss(after: first, factor: factor)
  }

  /// Rows have few answers, and one that is far from all others makes a batch's loss many times the first.
  private func isOfFewRows(_ batch: Batch) -> Bool {
    if case .linear = network.description.output { return true }
    return batch.countedTargets < Self.fewTokens
  }

  /// Ends the training without a checkpoint.
  func diverge(_ loss: Double, step: Int) {
    hasEnded = true
    hasDiverged = true
    pending.append(.end(.diverged(loss: loss, step: step)))
  }

  // MARK: - The end

  /// What ends the training before another step; nil: nothing.
  var endBeforeStep: TrainingEnd? {
    if let lastStep, progress.step >= lastStep {
      return lastStep == stepsOfMinutes ? .timeIsUp : .finished
    }
    // Where not even one step has been made.
    if progress.plan == nil, let timekeeper, timekeeper.followed == nil,
      seconds >= timekeeper.seconds
    {
      return .timeIsUp
    }
    if configuration.patience > 0, progress.evaluationsSinceBest >= configuration.patience {
      return .noImprovement(evaluations: progress.evaluationsSinceBest)
    }
    return nil
  }

  private func finish(_ end: TrainingEnd) throws {
    // What was saved after the same step is not the end yet.
    checkpointStep = nil
    if sinceReport.steps > 0 || progress.sinceLine != nil {
      report(age: seconds - lastReport, isLine: true)
    }
    if progress.sinceEvaluation.steps > 0, !(try evaluate()) { return }
    hasEnded = true
    addCheckpoint()
    if !hasDiverged { pending.append(.end(end)) }
  }

  /// Ends the training where it stands.
  private func stop() {
    hasEnded = true
    if checkpointStep != progress.step { addCheckpoint() }
  }
}

/// Whether a training is to stop, to be asked and told on any thread.
final class StopRequest: Sendable {
  private let isMade = Atomic(false)

  var value: Bool { isMade.load(ordering: .acquiring) }

  func make() { isMade.store(true, ordering: .releasing) }
}
