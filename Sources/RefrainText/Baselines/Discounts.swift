/// What modified Kneser-Ney smoothing takes from a count of 1, of 2 and of 3 or more.
///
/// Chen and Goodman, *An empirical study of smoothing techniques for language modeling* (1999),
/// equation 26: estimated from how many n-grams have the counts 1 to 4.
struct Discounts: Equatable {
  private let one: Double
  private let two: Double
  private let more: Double

  /// The estimate from the counts of all n-grams of one length.
  ///
  /// Too few n-grams, or a vocabulary so small that every count is large, give no estimate, or one
  /// that is not between 0 and the count: then 0.5, 1 and 1.5 are taken.
  init(counts: [UInt32]) {
    var n = [0.0, 0, 0, 0, 0]
    for count in counts where (1...4).contains(count) { n[Int(count)] += 1 }
    let y = n[1] / (n[1] + 2 * n[2])
    let estimate = (1 - 2 * y * n[2] / n[1], 2 - 3 * y * n[3] / n[2], 3 - 4 * y * n[4] / n[3])
    // Comparisons with not-a-number, from a division by 0, are false.
    if estimate.0 > 0 && estimate.0 <= 1 && estimate.1 > 0 && estimate.1 <= 2
      && estimate.2 > 0 && estimate.2 <= 3
    {
      (one, two, more) = estimate
    } else {
      (one, two, more) = (0.5, 1, 1.5)
    }
  }

  /// The discount of a count; 0 of 0.
  subscript(count: UInt32) -> Double {
    switch count {
    case 0: 0
    case 1: one
    case 2: two
    default: more
    }
  }
}
