// How many steps a training has.
extension TrainingLoop {
  /// The step at which training ends, as far as that is known.
  var lastStep: Int? { [stepsOfLimits, stepsOfMinutes].compactMap { $0 }.min() }

  /// The number of steps that the minutes have come to.
  var stepsOfMinutes: Int? { limits.minutes == nil ? nil : progress.plan?.steps }

  /// The number of steps that the other limits allow. With other batches than before, the epochs done do not
  /// tell the steps done.
  private var stepsOfLimits: Int? {
    guard let epochs = limits.epochs else { return limits.steps }
    let (all, overflows) = epochs.multipliedReportingOverflow(by: batches.batchesPerEpoch)
    if overflows { return limits.steps }
    let done = progress.epoch * batches.batchesPerEpoch + progress.batch
    return min(progress.step + all - done, limits.steps ?? .max)
  }

  /// Where the steps are known, the schedule runs over them from where it began; with minutes, a plan
  /// that still has steps goes on as long as the limits are the same.
  ///
  /// - Parameter plan: the plan to follow instead of the clock.
  func planSteps(after checkpoint: TrainingCheckpoint?, following plan: StepPlan?) {
    precondition(
      plan == nil || limits.minutes != nil, "a plan is followed where the limits have minutes")
    let old = progress.plan
    guard let minutes = limits.minutes else {
      guard let steps = stepsOfLimits else { return }
      if var old, old.revisions.count > 1 {
        old.revise(decided: progress.step, steps: steps)
        progress.plan = old
      } else {
        progress.plan = StepPlan(decided: old?.decided ?? 0, steps: steps)
      }
      return
    }
    if let old, limits != checkpoint?.limits || progress.step >= old.steps { progress.plan = nil }
    timekeeper = Timekeeper(
      // What is left of the schedule is left of the time.
      seconds: minutes * 60 * (1 - (progress.plan?.share(before: progress.step, warmup: 0) ?? 0)),
      following: plan)
    if plan != nil { revisePlan() }
  }

  /// Where the time is over before anything could be estimated, the steps so far are the plan.
  func decideEnd() {
    guard let timekeeper, timekeeper.followed == nil, progress.plan == nil, progress.step > 0,
      seconds >= timekeeper.seconds
    else { return }
    progress.plan = StepPlan(decided: progress.step, steps: progress.step)
  }

  /// With minutes, looks at the clock after a step, and decides how many steps there will be.
  func revisePlan() {
    guard timekeeper != nil else { return }
    if let plan = timekeeper?.followed {
      progress.plan = plan.known(after: progress.step)
      return
    }
    // An evaluation goes forward only, which takes about a third of a training step.
    let tokens = Double(configuration.batchSize * configuration.sequenceLength)
    let evaluation = Double(validation?.steps ?? 0) / tokens / 3
    let hasEnd = if case .cosine = configuration.schedule.shape { true } else { false }
    guard
      let steps = timekeeper?.steps(
        after: progress.step, planned: progress.plan?.steps, at: seconds,
        evaluateEvery: configuration.evaluateEvery, evaluationInSteps: evaluation,
        endsSchedule: hasEnd)
    else { return }
    let (step, end) = (progress.step, min(steps, stepsOfLimits ?? steps))
    if progress.plan?.revise(decided: step, steps: end) == nil {
      progress.plan = StepPlan(decided: step, steps: end)
    }
  }
}
