internal import Foundation

/// A marked value of an axis.
struct Tick {
  let value: Double
  let label: String

  /// Seconds from 0 to `duration`, at most `count` of them; minutes and seconds where the sound is
  /// long.
  static func seconds(upTo duration: Double, atMost count: Int) -> [Tick] {
    let inMinutes = duration >= 120
    let ofMinutes = [15.0, 30, 60, 120, 300, 600, 900, 1800, 3600]
    let step =
      ofMinutes.first { inMinutes && duration / $0 <= Double(count) }
      ?? step(for: duration, atMost: count)
    return multiples(of: step, upTo: duration).map { value in
      Tick(
        value: value,
        label: inMinutes ? clock(value) : number(value) + " s")
    }
  }

  /// Decibels from 0 down to `-range`.
  static func decibels(range: Double) -> [Tick] {
    multiples(of: step(for: range, atMost: 5), upTo: range).map { value in
      Tick(value: -value, label: (value == 0 ? "" : "−") + number(value) + " dB")
    }
  }

  /// 1, 2 or 5 times a power of ten: the least one of which `range` holds at most `count`.
  static func step(for range: Double, atMost count: Int) -> Double {
    let least = range / Double(count)
    let power = pow(10, floor(log10(least)))
    return power * ([1, 2, 5].first { $0 * power >= least * 0.999 } ?? 10)
  }

  /// 0, `step`, twice `step`, and so on.
  static func multiples(of step: Double, upTo end: Double) -> [Double] {
    (0...Int(end / step + 1e-6)).map { Double($0) * step }
  }

  /// 1, 2 and 5 times powers of ten.
  static func logarithmic(_ range: ClosedRange<Double>) -> [Double] {
    let powers = Int(floor(log10(range.lowerBound)))...Int(floor(log10(range.upperBound)))
    return powers.flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
      .filter(range.contains)
  }

  /// As few digits as tell the value.
  static func number(_ value: Double) -> String {
    String(format: "%.6g", value)
  }

  /// Minutes and seconds, as a player shows them: `1:03`.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.down))
    return String(format: "%d:%02d", whole / 60, whole % 60)
  }
}
