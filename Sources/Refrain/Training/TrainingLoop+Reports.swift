// What a training tells between its steps.
extension TrainingLoop {
  /// Tells of the steps since the last report, `age` seconds ago.
  ///
  /// - Parameter isLine: whether `metrics.csv` gets a line.
  func report(age: Double, isLine: Bool) {
    let (fraction, left) = remaining
    let line = isLine ? progress.sinceLine : nil
    if isLine { progress.sinceLine = nil }
    // Where a training that goes on has nothing left but its end, no step has been told.
    let loss = sinceReport.steps > 0 ? sinceReport.mean : line?.mean ?? 0
    pending.append(
      .step(
        StepReport(
          step: progress.step, epoch: epoch, loss: loss, lineLoss: line?.mean,
          gradientNorm: norm, learningRate: rate, standstill: timekeeper?.takeStandstill() ?? 0,
          tokens: sinceReport.tokens,
          tokensPerSecond: Double(sinceReport.tokens) / max(age, 1e-9),
          seconds: seconds, fractionDone: fraction, secondsLeft: left)))
    sinceReport = LossSum()
    lastReport = seconds
  }

  /// Of the limits, the one that comes first.
  private var remaining: (fraction: Double?, seconds: Double?) {
    var limits: [(fraction: Double, seconds: Double)] = []
    if let lastStep, lastStep > 0 {
      let left = Double(max(lastStep - progress.step, 0))
      let perStep = seconds / Double(max(progress.step - firstStep, 1))
      limits.append((min(Double(progress.step) / Double(lastStep), 1), perStep * left))
    }
    if let timekeeper, timekeeper.followed == nil, timekeeper.seconds > 0 {
      limits.append(
        (min(seconds / timekeeper.seconds, 1), max(timekeeper.seconds - seconds, 0)))
    }
    guard let nearest = limits.min(by: { $0.seconds < $1.seconds }) else { return (nil, nil) }
    return (nearest.fraction, nearest.seconds)
  }

  /// Whether the steps up to here are to be evaluated: where the training was stopped while it did.
  var isEvaluationDue: Bool {
    progress.sinceEvaluation.steps > 0 && progress.step % configuration.evaluateEvery == 0
  }

  /// Evaluates the validation part, or where there is none, takes the training loss for its loss.
  ///
  /// - Returns: false if the training is to stop and nothing has been evaluated.
  func evaluate() throws -> Bool {
    timekeeper?.evaluates()
    let training = progress.sinceEvaluation
    let loss: Double
    do {
      loss =
        try validation?.loss { [isStopping] in
          if isStopping.value { throw Stop() }
        } ?? training.mean
    } catch is Stop {
      return false
    }
    progress.sinceEvaluation = LossSum()
    // Evaluating is not training: it does not count towards tokens per second.
    defer { lastReport = seconds }
    if !loss.isFinite {
      diverge(loss, step: progress.step)
      return true
    }
    let isBest = progress.take(validationLoss: loss, configuration.schedule)
    pending.append(
      .evaluation(
        EvaluationReport(
          step: progress.step, epoch: epoch,
          trainingLoss: training.steps > 0 ? training.mean : nil, loss: loss,
          isBest: isBest, evaluationsSinceBest: progress.evaluationsSinceBest, seconds: seconds)))
    return true
  }

  /// An evaluation is given up.
  private struct Stop: Error {}
}

extension TrainingProgress {
  /// Records the loss of an evaluation, and returns whether it is the best so far.
  fileprivate mutating func take(validationLoss loss: Double, _ schedule: Schedule) -> Bool {
    let isBest = loss < bestLoss ?? .infinity
    if isBest {
      bestLoss = loss
      bestStep = step
    }
    validationLoss = loss
    evaluationsSinceBest = isBest ? 0 : evaluationsSinceBest + 1
    evaluationsOnPlateau = isBest ? 0 : evaluationsOnPlateau + 1
    if case .plateau(let patience, _) = schedule.shape, evaluationsOnPlateau >= patience {
      plateaus += 1
      evaluationsOnPlateau = 0
    }
    return isBest
  }
}
