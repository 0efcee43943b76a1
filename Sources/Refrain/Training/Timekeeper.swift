/// Turns the minutes of a training into steps, with a look at the clock after each step; or follows a plan that
/// another training has come to.
package struct Timekeeper {
  /// Seconds that the training has.
  let seconds: Double
  /// The plan that is followed instead of the clock.
  let followed: StepPlan?

  private var pace: TrainingPace
  private var watch: StandstillWatch
  private var standstill = 0.0
  /// When the last step ended.
  private var lastEnd: Double?
  private var hasEvaluated = false
  private var lastRevision = 0.0

  /// - Parameters:
  ///   - plan: the plan to follow instead of the clock.
  ///   - processorSeconds: the processor time that the process has taken.
  package init(
    seconds: Double, following plan: StepPlan? = nil,
    processorSeconds: @escaping () -> Double = StandstillWatch.processorSeconds
  ) {
    (self.seconds, followed, pace) = (seconds, plan, TrainingPace(of: seconds))
    watch = StandstillWatch(processorSeconds: processorSeconds)
  }

  /// The first estimate is made after this share of the time, or these seconds.
  private static let first = (share: 0.05, seconds: 2.0)
  /// An estimate is made anew no sooner than after this share of the time.
  private static let interval = 0.02
  /// Towards the end, this share of the time, whenever it is needed.
  private static let end = 0.05
  /// What an estimate may be off by, as a share of the time.
  private static let tolerance = 0.004
  /// More steps than anyone trains.
  private static let most = 1e15

  /// An evaluation begins.
  package mutating func evaluates() { hasEvaluated = true }

  /// A step begins.
  package mutating func begin(at now: Double) {
    guard let lastEnd else {
      _ = watch.standstill(at: now)
      self.lastEnd = now
      return
    }
    let still = watch.standstill(at: now)
    standstill += still
    if hasEvaluated {
      pace.add(evaluation: now - lastEnd - still)
      hasEvaluated = false
      self.lastEnd = now
    } else {
      // What is done between two steps is counted with the next.
      self.lastEnd = lastEnd + still
    }
  }

  /// Seconds that the process has stood still since this was asked last.
  package mutating func takeStandstill() -> Double {
    defer { standstill = 0 }
    return standstill
  }

  /// How many steps there will be, after a step has ended; nil where the plan stays.
  ///
  /// - Parameters:
  ///   - planned: the number of steps so far.
  ///   - evaluationInSteps: what an evaluation takes, in steps, where none has been measured yet.
  ///   - endsSchedule: whether the learning rate has an end to reach.
  package mutating func steps(
    after step: Int, planned: Int?, at now: Double, evaluateEvery: Int, evaluationInSteps: Double,
    endsSchedule: Bool
  ) -> Int? {
    let still = watch.standstill(at: now)
    standstill += still
    let isNewStretch = pace.add(step: max(now - (lastEnd ?? now) - still, 0))
    lastEnd = now
    let left = seconds - now
    let isOver = left <= 0 || planned.map { step >= $0 } == true
    guard isNewStretch || isOver else { return nil }
    guard let perStep = pace.perStep else { return nil }
    let evaluation = pace.perEvaluation ?? evaluationInSteps * perStep
    let fitting = min(
      max((left - evaluation) / (perStep + evaluation / Double(evaluateEvery)), 0), Self.most)
    let allowed = max(Self.tolerance * seconds, perStep)
    guard let planned else {
      guard now >= min(Self.first.share * seconds, Self.first.seconds) else { return nil }
      lastRevision = now
      return step + ending(fitting, perStep, endsSchedule)
    }
    let error = abs(fitting - Double(planned - step)) * perStep
    guard error > allowed else { return nil }
    guard isOver || left < Self.end * seconds || now - lastRevision >= Self.interval * seconds
    else { return nil }
    lastRevision = now
    return step + ending(fitting, perStep, endsSchedule)
  }

  /// Whole steps: one more where the time is up and the learning rate has not come to its end, if one is short.
  private func ending(_ fitting: Double, _ perStep: Double, _ endsSchedule: Bool) -> Int {
    if fitting >= 1 { return Int(fitting.rounded()) }
    return endsSchedule && perStep < 0.03 * seconds ? 1 : 0
  }
}
