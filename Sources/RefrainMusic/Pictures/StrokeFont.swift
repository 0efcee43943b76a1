internal import Foundation

/// Letters for pictures: every sign is a few strokes on a small grid, drawn at any size.
///
/// A sign's strokes are pairs of digits, x and y; y is 2 on the line of writing, 6 at the height of
/// an x, 8 at that of a capital, and 0 where a tail ends.
struct StrokeFont {
  /// Pixels from one line of the grid to the next; a capital is six of them high.
  let spacing: Double
  /// The strokes' width in pixels.
  let weight: Double

  /// How wide `text` becomes, in pixels.
  func width(of text: String) -> Double {
    let columns = Self.signs(in: text).reduce(0) { $0 + $1.width + Self.gap }
    return Swift.max(0, columns - Self.gap) * spacing
  }

  /// As much of `text` as fits into `width` pixels, with an ellipsis where some had to go.
  func fitting(_ text: String, width limit: Double) -> String {
    guard width(of: text) > limit else { return text }
    var kept = text
    while !kept.isEmpty && width(of: kept + "…") > limit { kept.removeLast() }
    return kept + "…"
  }

  /// The strokes of `text`, whose line of writing begins at `x` and `y`, in pixels.
  func strokes(of text: String, x: Double, y: Double) -> [Stroke] {
    var left = x
    var strokes: [Stroke] = []
    for sign in Self.signs(in: text) {
      for points in sign.strokes {
        strokes.append(
          Stroke(points: points.map { (left + $0.x * spacing, y - ($0.y - 2) * spacing) }))
      }
      left += (sign.width + Self.gap) * spacing
    }
    return strokes
  }

  /// A line through points, in pixels; y grows downwards.
  struct Stroke {
    let points: [(x: Double, y: Double)]
  }

  private struct Sign {
    let strokes: [[(x: Double, y: Double)]]
    let width: Double

    init(_ digits: Substring) {
      strokes = digits.split(separator: " ").map { stroke in
        let values = stroke.compactMap { $0.wholeNumberValue.map(Double.init) }
        return stride(from: 0, to: values.count - 1, by: 2).map { (values[$0], values[$0 + 1]) }
      }
      width = strokes.joined().map(\.x).max() ?? 2
    }
  }

  /// Units between two signs.
  private static let gap = 1.7

  /// Accents are left away; what the table lacks becomes a box.
  private static func signs(in text: String) -> [Sign] {
    text.decomposedStringWithCanonicalMapping.unicodeScalars.compactMap { scalar in
      if scalar.properties.canonicalCombiningClass != .notReordered { return nil }
      return table[Character(scalar)] ?? box
    }
  }

  private static let box = Sign("0242480802")

  private static let table: [Character: Sign] = {
    var table: [Character: Sign] = [" ": Sign("")]
    for line in strokeTable.split(separator: "\n") {
      table[line.first ?? " "] = Sign(line.dropFirst(2))
    }
    return table
  }()
}
