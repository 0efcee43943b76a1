/// How numbers of sounds are said to people.
enum SoundWords {
  /// At most two decimals, and none that is not needed.
  static func number(_ value: Double) -> String {
    let hundredths = (value * 100).rounded()
    guard abs(hundredths) < 1e15 else { return "\(value)" }
    let whole = Int(hundredths)
    let (integer, rest) = (abs(whole) / 100, abs(whole) % 100)
    let sign = whole < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(integer)" }
    let decimals = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(sign)\(integer).\(decimals)"
  }

  /// `44.1 kHz`
  static func rate(_ rate: Int) -> String {
    // Rates like 11,025 Hz need three decimals of a kilohertz.
    rate.isMultiple(of: 10) ? "\(number(Double(rate) / 1000)) kHz" : "\(rate) Hz"
  }

  /// `3.25 s`, `4 min 12 s`, `2 h 5 min`
  static func duration(_ seconds: Double) -> String {
    if seconds > 0 && seconds < 0.01 { return "under 0.01 s" }
    if seconds < 60 { return "\(number(seconds)) s" }
    let whole = Int(min(seconds, 1e12).rounded())
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  /// `mono`, `stereo`, `6 channels`
  static func channels(_ count: Int) -> String {
    switch count {
    case 1: "mono"
    case 2: "stereo"
    default: "\(count) channels"
    }
  }

  /// `1 file`, `2 files`
  static func count(_ count: Int, _ name: String) -> String {
    "\(count) \(name)\(count == 1 ? "" : "s")"
  }

  /// `0.3%`
  static func percent(_ part: Int, of whole: Int) -> String {
    let share = Double(part) / Double(max(whole, 1)) * 100
    return part > 0 && share < 0.005 ? "under 0.01%" : "\(number(share))%"
  }
}
