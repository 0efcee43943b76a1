import Foundation
import RefrainTools

/// How figures are written.
package enum ComparisonText {
  /// Three digits and k or M: `41.2 k`.
  package static func speed(_ value: Double) -> String {
    if value >= 999_500 { return digits(value / 1e6) + " M" }
    return value >= 999.5 ? digits(value / 1e3) + " k" : digits(value)
  }

  /// Bytes in MB: `41 MB`.
  package static func memory(_ bytes: Int) -> String {
    "\(Int((Double(bytes) / 1e6).rounded())) MB"
  }

  /// The median with the least and the most: `2.61 (2.48–2.70)`.
  package static func ratio(_ ratio: Ratio) -> String {
    "\(digits(ratio.median)) (\(digits(ratio.least))–\(digits(ratio.most)))"
  }

  /// `≥ 2.5 ✓`, with ✗ where it is not reached, and neither where others disturbed; empty where nothing
  /// is to be reached.
  package static func aim(_ aim: Double?, _ ratio: Ratio, _ disturbance: Disturbance) -> String {
    guard let aim else { return "" }
    if disturbance.isSerious { return "≥ \(number(aim)), disturbed" }
    return "≥ \(number(aim)) \(ratio.median >= aim ? "✓" : "✗")"
  }

  /// What to know about a disturbance: nil where it is not serious.
  package static func warning(_ disturbance: Disturbance) -> String? {
    guard disturbance.isSerious, let share = disturbance.share else { return nil }
    return "Others used \(Int((100 * share).rounded())) % of the processor: these are no figures."
  }

  /// `1 thread`, `2 threads`.
  package static func threads(_ count: Int) -> String { "\(count) thread\(count == 1 ? "" : "s")" }

  /// As short as it can be said: `1`, `0.5`.
  package static func number(_ value: Double) -> String { String(format: "%g", value) }

  /// The share of the limit that Refrain reached, and of which: `61 % of multiply-adds`.
  package static func share(_ result: ContestResult) -> String {
    let isComputing = result.limits.first?.cause == .multiplyAdd
    let percent = Int((100 * result.shareOfLimit).rounded())
    return "\(percent) % of \(isComputing ? "multiply-adds" : "reading")"
  }

  private static func digits(_ value: Double) -> String {
    let places = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
    return String(format: "%.\(places)f", value)
  }
}
