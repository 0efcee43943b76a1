import RefrainTools

/// How long the turns are and how many there are.
package struct ContestPlan: Equatable, Sendable {
  /// Turns of each contestant.
  package let rounds: Int
  /// Seconds of a turn; a step that takes longer is not cut short.
  package let seconds: Double

  package init(rounds: Int, seconds: Double) {
    precondition(rounds >= 1 && seconds > 0, "there must be a turn, and it must take time")
    self.rounds = rounds
    self.seconds = seconds
  }

  /// Seconds that a contest with so many contestants should take, roughly.
  package func estimate(_ contest: Contest, contestants: Int) -> Double {
    let benchmark = contest.row.benchmark
    var step = 0.0
    if case .training(let steps, let sequences) = benchmark.work {
      let operations = Double(steps * sequences) * benchmark.operationsPerToken
      step = operations / (Self.usualRate * Double(contest.threads))
    }
    // A tenth of a turn does not count, another measures the limit.
    let turn = max(seconds * 1.15, step)
    return Double(contestants) * (Self.start + 3 * step + Double(rounds) * turn)
  }

  /// Operations per second and thread at which peers usually train a network that is slow.
  private static let usualRate = 25e9
  /// Seconds that Python and a library usually take to start.
  private static let start = 4.0
}
