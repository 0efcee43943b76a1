extension [Double] {
  /// The middle of the values in order, or the mean of the two in the middle.
  package var median: Double {
    precondition(!isEmpty, "there must be a value to have a median")
    let sorted = sorted()
    let middle = count / 2
    return count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}

/// How many times as fast one was as another, round by round.
///
/// The speed of a machine changes from minute to minute, for both alike. So a ratio is taken within a
/// round, and the median over the rounds: it differs from the ratio of the medians.
package struct Ratio: Equatable, Sendable {
  package let median: Double
  package let least: Double
  package let most: Double

  /// The ratio of the speeds in each round.
  package init(of speeds: [Double], to others: [Double]) {
    precondition(speeds.count == others.count, "both must have taken part in every round")
    let ratios = zip(speeds, others).map { $0 / $1 }
    median = ratios.median
    least = ratios.min() ?? median
    most = ratios.max() ?? median
  }
}
