/// How many steps a training is going to have: known when it begins, or where it has a number of minutes,
/// estimated from the clock, and estimated again as it goes on.
///
/// The clock decides here and nowhere else. A training with the same plan takes the same steps with the same
/// learning rates, whatever the clock says.
public struct StepPlan: Equatable, Sendable {
  /// A decision about the number of steps.
  public struct Revision: Codable, Equatable, Sendable {
    /// The step after which it was made; 0: before the first.
    public let decided: Int
    /// The number of steps.
    public let steps: Int

    /// `steps` steps, decided after step `decided`.
    public init(decided: Int, steps: Int) {
      (self.decided, self.steps) = (decided, steps)
    }
  }

  /// The decisions, one or more, in the order of their steps.
  public private(set) var revisions: [Revision]

  /// `steps` steps, decided after step `decided`.
  public init(decided: Int = 0, steps: Int) {
    revisions = [Revision(decided: decided, steps: steps)]
  }

  /// The number of steps as it was decided last.
  public var steps: Int { revisions[revisions.count - 1].steps }
  /// The step after which that was decided.
  public var decided: Int { revisions[revisions.count - 1].decided }

  /// The plan as it stood after a step; nil where nothing had been decided.
  package func known(after step: Int) -> StepPlan? {
    var plan = self
    plan.revisions = revisions.filter { $0.decided <= step }
    return plan.revisions.isEmpty ? nil : plan
  }

  /// Decides anew, after step `decided`.
  package mutating func revise(decided: Int, steps: Int) {
    precondition(decided >= self.decided, "a plan is revised in the order of its steps")
    if decided == self.decided { revisions.removeLast() }
    revisions.append(Revision(decided: decided, steps: steps))
  }

  /// The share of a schedule that lies before step `step` (counted from 0), in 0…1. It begins with the plan, or
  /// after the warm-up, goes on from where it is at each revision, and ends with the last step.
  package func share(before step: Int, warmup: Int) -> Double {
    var share = 0.0
    for (index, revision) in revisions.enumerated() {
      let begin = max(revision.decided, warmup)
      if step < begin { break }
      let isLast = index == revisions.count - 1
      let end = isLast ? step : min(step, max(revisions[index + 1].decided, warmup))
      // The very last step of a revised plan has the rate of the schedule's end, also where it is the only one.
      let length = revision.steps - begin - (index > 0 ? 1 : 0)
      let done =
        length > 0 ? Double(end - begin) / Double(length) : index > 0 ? 1 : Double(end - begin)
      share += (1 - share) * min(max(done, 0), 1)
    }
    return share
  }
}

// A plan that was never revised is written as before there were revisions.
extension StepPlan: Codable {
  private enum CodingKeys: String, CodingKey { case decided, steps, revisions }

  /// Reads a plan.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let last = Revision(
      decided: try container.decode(Int.self, forKey: .decided),
      steps: try container.decode(Int.self, forKey: .steps))
    revisions = try container.decodeIfPresent([Revision].self, forKey: .revisions) ?? [last]
    guard revisions.last == last,
      zip(revisions, revisions.dropFirst()).allSatisfy({ $0.decided < $1.decided })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .revisions, in: container,
        debugDescription: "the revisions do not follow each other")
    }
  }

  /// Writes the plan.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(decided, forKey: .decided)
    try container.encode(steps, forKey: .steps)
    if revisions.count > 1 { try container.encode(revisions, forKey: .revisions) }
  }
}
