/// The learning rate over the steps of a training, as a factor of the highest rate.
public struct Schedule: Codable, Equatable, Sendable {
  /// What happens after the warm-up.
  public enum Shape: Codable, Equatable, Sendable {
    /// The rate stays.
    case constant
    /// The rate falls along half a cosine to `floor` times the highest at the last step
    /// (Loshchilov & Hutter 2017).
    case cosine(floor: Double = 0.05)
    /// The rate is multiplied by `factor` after every `every` steps.
    case step(every: Int, factor: Double = 0.5)
    /// The rate is multiplied by `factor` after each `patience` evaluations without a better loss.
    case plateau(patience: Int = 3, factor: Double = 0.5)
  }

  /// What happens after the warm-up.
  public var shape: Shape
  /// Steps over which the rate grows from 0 to the highest; 0 for none.
  public var warmup: Int

  /// A schedule.
  public init(_ shape: Shape = .constant, warmup: Int = 0) {
    precondition(warmup >= 0, "a warm-up has 0 steps or more")
    self.shape = shape
    self.warmup = warmup
  }

  /// The factor for step `step` (counted from 0).
  ///
  /// - Parameters:
  ///   - plan: where the cosine begins and ends; nil while the end is not known yet.
  ///   - plateaus: how often the loss has stopped getting better.
  package func factor(step: Int, plan: StepPlan?, plateaus: Int) -> Double {
    let growth = step < warmup ? Double(step + 1) / Double(warmup + 1) : 1
    switch shape {
    case .constant: return growth
    case .step(let every, let factor): return growth * power(factor, step / max(every, 1))
    case .plateau(_, let factor): return growth * power(factor, plateaus)
    case .cosine(let floor):
      guard let plan else { return growth }
      let share = plan.share(before: step, warmup: warmup)
      return growth * (floor + (1 - floor) * 0.5 * (1 + cosine(halfTurns: share)))
    }
  }
}
