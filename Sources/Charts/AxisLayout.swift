internal import Foundation

/// Where the values of one axis lie, and which of them are marked.
struct AxisLayout {
  /// The smallest and the largest value shown.
  let range: ClosedRange<Double>
  let ticks: [Double]
  private let scale: Axis.Scale

  /// An axis that shows all of `values`.
  init(_ axis: Axis, values: [Double]) {
    var values = values + (axis.ticks ?? [])
    precondition(values.allSatisfy(\.isFinite), "a value in a chart is a finite number")
    if axis.scale == .linear && axis.fromZero { values.append(0) }
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    scale = axis.scale
    switch axis.scale {
    case .linear: ticks = axis.ticks ?? Self.linearTicks(low, high)
    case .logarithmic:
      precondition(low > 0, "a value on a logarithmic axis is positive")
      ticks = axis.ticks ?? Self.logarithmicTicks(low, high)
    }
    let least = min(low, ticks.min() ?? low)
    let most = max(high, ticks.max() ?? high)
    // A single value lies in the middle of something.
    range = least < most ? least...most : Self.around(least, axis.scale)
  }

  /// 0 at the beginning of the axis, 1 at its end.
  func position(_ value: Double) -> Double {
    switch scale {
    case .linear: (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    case .logarithmic:
      log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
    }
  }

  private static func around(_ value: Double, _ scale: Axis.Scale) -> ClosedRange<Double> {
    switch scale {
    case .linear: value - max(1, abs(value) / 2)...value + max(1, abs(value) / 2)
    case .logarithmic: value / 2...value * 2
    }
  }

  /// Multiples of 1, 2 or 5 times a power of ten: four to nine of them, around `low` and `high`.
  private static func linearTicks(_ low: Double, _ high: Double) -> [Double] {
    let low = low < high ? low : low - max(1, abs(low) / 2)
    let high = high > low ? high : high + max(1, abs(high) / 2)
    let least = (high - low) / 7
    let power = pow(10, floor(log10(least)))
    let factor = [1.0, 2, 5, 10].first { $0 * power >= least * 0.999 } ?? 10
    let step = factor * power
    let first = (low / step + 1e-9).rounded(.down)
    let last = (high / step - 1e-9).rounded(.up)
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// 1, 2 and 5 times powers of ten around `low` and `high`; only the powers where those are many.
  private static func logarithmicTicks(_ low: Double, _ high: Double) -> [Double] {
    let powers = Int(floor(log10(low)))...Int(ceil(log10(high)))
    let all = powers.flatMap { power in [1.0, 2, 5].map { $0 * pow(10, Double(power)) } }
    let first = all.lastIndex { $0 <= low * (1 + 1e-9) } ?? 0
    let last = all.firstIndex { $0 >= high * (1 - 1e-9) } ?? all.count - 1
    let ticks = Array(all[min(first, last)...max(first, last)])
    if ticks.count <= 9 { return ticks }
    let tens = powers.map { pow(10, Double($0)) }
    let every = (tens.count + 8) / 9
    return tens.enumerated().filter { $0.offset.isMultiple(of: every) }.map(\.element)
  }

  /// The number as it stands beside an axis: `1,024`, `0.25`, `-3`, `1e-9`.
  static func label(_ value: Double) -> String {
    if value == 0 { return "0" }
    if abs(value) < 1e-4 || abs(value) >= 1e10 { return String(format: "%g", value) }
    var text = String(format: "%.6f", abs(value))
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    let parts = text.split(separator: ".")
    let digits = Array(parts[0])
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index).isMultiple(of: 3) { grouped += "," }
      grouped.append(digit)
    }
    let fraction = parts.count > 1 ? ".\(parts[1])" : ""
    return (value < 0 ? "-" : "") + grouped + fraction
  }
}
