// What a training tells between its steps.
extension TrainingLoop {
  /// Tells of the steps since the last report, `age` seconds ago.
  func report(age: Double) {
    let (fraction, left) = remaining
    pending.append(
      .step(
        StepReport(
          step: progress.step, epoch: epoch, loss: sinceReport.mean, gradientNorm: norm,
          learningRate: rate, tokens: sinceReport.tokens,
          tokensPerSecond: Double(sinceReport.tokens) / max(age, 1e-9),
          seconds: seconds, fractionDone: fraction, secondsLeft: left)))
    sinceReport = LossSum()
    lastReport = clock.now
  }

  /// Of the limits, the one that comes first.
  private var remaining: (fraction: Double?, seconds: Double?) {
    var limits: [(fraction: Double, seconds: Double)] = []
    if let lastStep, lastStep > 0 {
      let left = Double(max(lastStep - progress.step, 0))
      let perStep = seconds / Double(max(progress.step - firstStep, 1))
      limits.append((min(Double(progress.step) / Double(lastStep), 1), perStep * left))
    }
    if let minutes = self.limits.minutes, minutes > 0 {
      limits.append((min(seconds / (minutes * 60), 1), max(minutes * 60 - seconds, 0)))
    }
    guard let nearest = limits.min(by: { $0.seconds < $1.seconds }) else { return (nil, nil) }
    return (nearest.fraction, nearest.seconds)
  }

  /// Evaluates the validation part, or where there is none, takes the training loss for its loss.
  func evaluate() throws {
    let training = progress.sinceEvaluation
    let loss = try validation?.loss() ?? training.mean
    progress.sinceEvaluation = LossSum()
    // Evaluating is not training: it does not count towards tokens per second.
    defer { lastReport = clock.now }
    if !loss.isFinite { return diverge(loss, step: progress.step) }
    let isBest = progress.take(validationLoss: loss, configuration.schedule)
    pending.append(
      .evaluation(
        EvaluationReport(
          step: progress.step, epoch: epoch,
          trainingLoss: training.steps > 0 ? training.mean : nil, loss: loss,
          isBest: isBest, evaluationsSinceBest: progress.evaluationsSinceBest, seconds: seconds)))
  }
}

extension TrainingProgress {
  /// Notes the loss of an evaluation, and returns whether it is the best so far.
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
