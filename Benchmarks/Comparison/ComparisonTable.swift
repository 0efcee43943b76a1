import RefrainTools

/// The results as lines of Markdown.
package struct ComparisonTable {
  package let results: [ContestResult]

  package init(_ results: [ContestResult]) { self.results = results }

  private static let head = [
    "work", "threads", "Refrain", "of the limit", "memory", "peer", "its speed", "its memory",
    "ratio", "to reach", "others used",
  ]

  /// A line for each contest and peer; for a contest without peers, one with Refrain alone.
  package var markdown: String {
    let rules = Self.head.indices.map { [0, 5].contains($0) ? ":---" : "---:" }
    let rows = results.flatMap { result in
      let own = Self.own(result)
      if result.peers.isEmpty { return [own + ["–", "", "", "", "", Self.others(result)]] }
      return result.peers.map { own + Self.other(result, $0.peer, $0.turns) }
    }
    return ([Self.head, rules] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  private static func own(_ result: ContestResult) -> [String] {
    [
      "`\(result.contest.row.benchmark.name)`", "\(result.contest.threads)",
      ComparisonText.speed(result.turns.speed), ComparisonText.share(result),
      ComparisonText.memory(result.turns.peakBytes),
    ]
  }

  private static func other(
    _ result: ContestResult, _ peer: Peer, _ turns: [Turn]
  ) -> [String] {
    let ratio = result.ratio(to: turns)
    return [
      peer.title, ComparisonText.speed(turns.speed), ComparisonText.memory(turns.peakBytes),
      ComparisonText.ratio(ratio),
      ComparisonText.aim(result.contest.aim(for: peer), ratio, result.disturbance),
      others(result),
    ]
  }

  private static func others(_ result: ContestResult) -> String {
    guard let share = result.disturbance.share else { return "unknown" }
    return "\(Int((100 * share).rounded())) %" + (result.disturbance.isSerious ? " ⚠" : "")
  }
}
