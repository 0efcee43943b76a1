package import RefrainTools

/// What came out of a contest: a turn per round and contestant.
package struct ContestResult: Sendable {
  package let contest: Contest
  /// Refrain's turns.
  package let turns: [Turn]
  /// The speed that the processor could not exceed, in each round.
  package let limits: [SpeedLimit]
  /// Everybody else's turns, in the order of the row.
  package let peers: [(peer: Peer, turns: [Turn])]
  /// What others did meanwhile.
  package let disturbance: Disturbance

  package init(
    contest: Contest, turns: [Turn], limits: [SpeedLimit],
    peers: [(peer: Peer, turns: [Turn])], disturbance: Disturbance
  ) {
    self.disturbance = disturbance
    self.contest = contest
    self.turns = turns
    self.limits = limits
    self.peers = peers
  }

  /// The part of the limit that Refrain reached, 0 to 1: the median over the rounds.
  package var shareOfLimit: Double {
    zip(turns, limits).map { $0.tokensPerSecond / $1.tokensPerSecond }.median
  }

  /// How many times as fast as a peer Refrain was.
  package func ratio(to others: [Turn]) -> Ratio {
    Ratio(of: turns.map(\.tokensPerSecond), to: others.map(\.tokensPerSecond))
  }
}

extension [Turn] {
  /// The median of the speeds.
  package var speed: Double { map(\.tokensPerSecond).median }
  /// The most memory that was in use.
  package var peakBytes: Int { map(\.peakBytes).max() ?? 0 }
}
