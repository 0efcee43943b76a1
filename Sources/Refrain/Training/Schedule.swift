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
  package func factor(step: Int, plan: Plan?, plateaus: Int) -> Double {
    let growth = step < warmup ? Double(step + 1) / Double(warmup + 1) : 1
    switch shape {
    case .constant: return growth
    case .step(let every, let factor): return growth * power(factor, step / max(every, 1))
    case .plateau(_, let factor): return growth * power(factor, plateaus)
    case .cosine(let floor):
      guard let plan else { return growth }
      let begin = max(plan.decided, warmup)
      let length = Double(max(plan.steps - begin, 1))
      let progress = min(max(Double(step - begin) / length, 0), 1)
      return growth * (floor + (1 - floor) * 0.5 * (1 + cosine(halfTurns: progress)))
    }
  }

  /// How many steps a training is going to have, and at which step that was decided: 0 where it was
  /// known at the start, later where a number of minutes was turned into steps.
  public struct Plan: Codable, Equatable, Sendable {
    /// The step at which the number was decided.
    public let decided: Int
    /// The number of steps.
    public let steps: Int

    /// `steps` steps, decided at step `decided`.
    public init(decided: Int = 0, steps: Int) {
      self.decided = decided
      self.steps = steps
    }
  }
}
