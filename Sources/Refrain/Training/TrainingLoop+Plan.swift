// How many steps a training has.
extension TrainingLoop {
  /// Steps and seconds after which the number of steps that fit into the minutes is estimated.
  private static let estimateAfter = (steps: 20, seconds: 2.0)

  /// The step at which training ends, as far as that is known.
  var lastStep: Int? {
    let byMinutes = limits.minutes == nil ? nil : progress.plan?.steps
    return [limits.steps, stepsOfEpochs, byMinutes].compactMap { $0 }.min()
  }

  /// The step after which the epochs are done. With other batches than before, those done do not
  /// tell the steps done.
  private var stepsOfEpochs: Int? {
    guard let epochs = limits.epochs else { return nil }
    let (all, overflows) = epochs.multipliedReportingOverflow(by: batches.batchesPerEpoch)
    if overflows { return nil }
    let done = progress.epoch * batches.batchesPerEpoch + progress.batch
    return progress.step + all - done
  }

  /// Where the steps are known, the schedule runs over them from where it began; with minutes, a plan
  /// that still has steps goes on as long as the limits are the same.
  func planSteps(after checkpoint: TrainingCheckpoint?) {
    if limits.minutes == nil {
      guard let lastStep else { return }
      progress.plan = .init(decided: progress.plan?.decided ?? 0, steps: lastStep)
    } else if let plan = progress.plan,
      limits != checkpoint?.limits || progress.step >= plan.steps
    {
      progress.plan = nil
    }
  }

  /// With minutes and a schedule that has an end, the steps that fit are estimated once.
  func estimateSteps() {
    guard let minutes = limits.minutes, progress.plan == nil,
      case .cosine = configuration.schedule.shape
    else { return }
    let done = progress.step - firstStep
    guard done >= Self.estimateAfter.steps, seconds >= Self.estimateAfter.seconds else { return }
    let perStep = seconds / Double(done)
    // An evaluation goes forward only, which takes about a third of a training step.
    let tokens = Double(configuration.batchSize * configuration.sequenceLength)
    let evaluation = Double(validation?.steps ?? 0) / tokens / 3
    let overhead = 1 + evaluation / Double(configuration.evaluateEvery)
    let left = min(max(minutes * 60 - seconds, 0) / (perStep * overhead), 1e15)
    let steps = progress.step + Int(left * 0.98)
    progress.plan = .init(decided: progress.step, steps: min(steps, lastStep ?? steps))
  }
}
