import Refrain

extension TrainOptions {
  /// `base` with what was asked for; what was left open is filled in from it.
  ///
  /// - Throws: ``UsageError`` for options that mean nothing together.
  mutating func configuration(
    changing base: TrainingConfiguration
  ) throws -> TrainingConfiguration {
    var result = base
    result.batchSize = optimizer.batchSize ?? base.batchSize
    result.sequenceLength = optimizer.sequenceLength ?? base.sequenceLength
    result.learningRate = optimizer.learningRate ?? base.learningRate
    result.clip = optimizer.clip ?? base.clip
    result.seed = optimizer.seed.map { UInt64($0) } ?? base.seed
    result.evaluateEvery = reports.evaluateEvery ?? base.evaluateEvery
    result.saveEvery = reports.saveEvery ?? base.saveEvery
    result.patience = reports.patience ?? base.patience
    result.optimizer = try optimizer.optimizer(changing: base.optimizer)
    result.schedule = optimizer.schedule(
      changing: base.schedule, evaluateEvery: result.evaluateEvery)
    fill(result)
    return result
  }

  private mutating func fill(_ configuration: TrainingConfiguration) {
    optimizer.batchSize = configuration.batchSize
    optimizer.sequenceLength = configuration.sequenceLength
    optimizer.learningRate = configuration.learningRate
    optimizer.clip = configuration.clip
    optimizer.seed = Int(clamping: configuration.seed)
    reports.evaluateEvery = configuration.evaluateEvery
    reports.saveEvery = configuration.saveEvery
    reports.patience = configuration.patience
    optimizer.optimizer = OptimizerName(configuration.optimizer)
    switch configuration.optimizer {
    case .adam: break
    case .adamW(_, _, _, let decay), .rmsProp(_, _, let decay): optimizer.weightDecay = decay
    case .sgd(let momentum, let decay):
      optimizer.momentum = momentum
      optimizer.weightDecay = decay
    }
    optimizer.schedule = ScheduleName(configuration.schedule.shape)
    optimizer.warmup = configuration.schedule.warmup
  }
}

extension OptimizerOptions {
  fileprivate func optimizer(changing base: Optimizer) throws -> Optimizer {
    let name = optimizer ?? OptimizerName(base)
    if momentum != nil && name != .sgd {
      throw UsageError("--momentum is for sgd; add --optimizer sgd, or leave it out.")
    }
    if weightDecay != nil && name == .adam {
      throw UsageError(
        "--weight-decay does nothing with adam; add --optimizer adamw (or rmsprop, or sgd), or "
          + "leave it out.")
    }
    var result = name == OptimizerName(base) ? base : Self.standard(name)
    switch result {
    case .adam: break
    case .adamW(let beta1, let beta2, let epsilon, let decay):
      result = .adamW(
        beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay ?? decay)
    case .rmsProp(let smoothing, let epsilon, let decay):
      result = .rmsProp(
        smoothing: smoothing, epsilon: epsilon, weightDecay: weightDecay ?? decay)
    case .sgd(let old, let decay):
      result = .sgd(momentum: momentum ?? old, weightDecay: weightDecay ?? decay)
    }
    return result
  }

  private static func standard(_ name: OptimizerName) -> Optimizer {
    switch name {
    case .adam: .adam()
    case .adamw: .adamW()
    case .rmsprop: .rmsProp()
    case .sgd: .sgd()
    }
  }

  fileprivate func schedule(changing base: Schedule, evaluateEvery: Int) -> Schedule {
    let shape: Schedule.Shape
    switch schedule ?? ScheduleName(base.shape) {
    case ScheduleName(base.shape): shape = base.shape
    case .constant: shape = .constant
    case .cosine: shape = .cosine()
    case .step: shape = .step(every: 5 * evaluateEvery)
    case .plateau: shape = .plateau()
    }
    return Schedule(shape, warmup: warmup ?? base.warmup)
  }
}
