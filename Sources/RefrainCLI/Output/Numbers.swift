import Foundation

extension Int {
  /// With commas between thousands: `1,115,394`.
  var grouped: String {
    var digits = String(magnitude)
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: position))
      position -= 3
    }
    return (self < 0 ? "-" : "") + digits
  }

  /// With the noun in its number: `1 step`, `1,000 steps`.
  func of(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}

extension Double {
  /// With `places` digits after the point: `1.8802`.
  func fixed(_ places: Int) -> String { String(format: "%.\(places)f", self) }

  /// With three digits and k or M: `84.2 k`.
  var short: String {
    switch magnitude {
    case 999_500...: (self / 1e6).threeDigits + " M"
    case 999.5...: (self / 1e3).threeDigits + " k"
    default: threeDigits
    }
  }

  private var threeDigits: String {
    fixed(magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2)
  }

  /// Seconds as a person says them: `3.2 s`, `1 min 20 s`, `2 h 5 min`.
  var asDuration: String {
    if !isFinite || self < 0 { return "?" }
    if self < 9.95 { return fixed(1) + " s" }
    let seconds = Int(min(rounded(), 1e15))
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3600:
      return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s"
    case ..<86_400: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
    default: return "\((seconds / 86_400).grouped) d \(seconds / 3600 % 24) h"
    }
  }
}

extension Double {
  /// As one would type it: `5`, not `5.0`.
  var plain: String { Int(exactly: self).map(String.init) ?? "\(self)" }

  /// Bytes as a person says them: `2.6 MB`.
  var asBytes: String {
    switch self {
    case 1e9...: (self / 1e9).fixed(1) + " GB"
    case 1e6...: (self / 1e6).fixed(1) + " MB"
    case 1e3...: (self / 1e3).fixed(1) + " kB"
    default: "\(Int(self)) bytes"
    }
  }
}
