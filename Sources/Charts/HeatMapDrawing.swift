/// A heat map on its way to SVG. Equal colours next to each other are one stroke, and all strokes of a colour are
/// one path, so that the file stays small.
struct HeatMapDrawing {
  private let map: HeatMap
  private let left = 120.0
  private let top = 44.0
  /// The width of a column: turned words need more than letters.
  private let column: Double
  /// The longest name below a column, in letters.
  private let longestName: Int
  private static let letter = 7.5
  private static let titleLetter = 9.0
  private static let row = 5.0
  private static let gap = 14.0

  init(_ map: HeatMap) {
    self.map = map
    longestName = map.columns.map(\.count).max() ?? 0
    column = longestName > 1 ? 14 : 9
  }

  var svg: String {
    var lines = [SVG.text(map.title, 16, 24, "title", anchor: "start")]
    var y = top
    for band in map.bands where !band.rows.isEmpty {
      let height = Double(band.rows.count) * Self.row
      lines.append(
        SVG.text(band.name, left - 10, y + height / 2 + 4, "legend", anchor: "end"))
      lines += strokes(band, top: y)
      y += height + Self.gap
    }
    let isTurned = longestName > 1
    for (index, name) in map.columns.enumerated() where !name.allSatisfy(\.isWhitespace) {
      let x = left + (Double(index) + 0.5) * column
      lines.append(
        isTurned
          ? SVG.text(name, x + 4, y - 4, "letter", anchor: "end", turned: true)
          : SVG.text(name, x, y, "letter"))
    }
    let width = max(
      left + Double(map.columns.count) * column, 16 + Double(map.title.count) * Self.titleLetter)
    return SVG.picture(
      width: width + 16, height: y + 16 + (isTurned ? Double(longestName) * Self.letter : 0),
      title: map.title, style: Self.style, lines)
  }

  /// A path for each colour of a band.
  private func strokes(_ band: HeatMap.Band, top: Double) -> [String] {
    var paths: [Int: String] = [:]
    for (place, row) in band.rows.enumerated() {
      let y = top + (Double(place) + 0.5) * Self.row
      var first = 0
      let levels = row.map { level(of: $0, band.range) }
      for index in levels.indices
      where index + 1 == levels.count || levels[index + 1] != levels[first] {
        let x = left + Double(first) * column
        let length = Double(index + 1 - first) * column
        paths[levels[first], default: ""] +=
          "M\(SVG.number(x)) \(SVG.number(y))h\(SVG.number(length))"
        first = index + 1
      }
    }
    return paths.sorted { $0.key < $1.key }.map {
      "<path stroke=\"\(color(of: $0.key, band.range))\" d=\"\($0.value)\"/>"
    }
  }

  // MARK: - Colours

  private static let levels = 24

  private func level(of value: Double, _ range: HeatMap.Band.Range) -> Int {
    let share = range == .fromZeroToOne ? value : (value + 1) / 2
    return Int((min(max(share, 0), 1) * Double(Self.levels - 1)).rounded())
  }

  /// Viridis (van der Walt & Smith 2015) and ColorBrewer's RdBu, both readable for colour-blind people.
  private func color(of level: Int, _ range: HeatMap.Band.Range) -> String {
    let stops: [(Double, Double, Double)] =
      switch range {
      case .fromZeroToOne:
        [(68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37)]
      case .fromMinusOneToOne:
        [(33, 102, 172), (146, 197, 222), (247, 247, 247), (244, 165, 130), (178, 24, 43)]
      }
    let place = Double(level) / Double(Self.levels - 1) * Double(stops.count - 1)
    let below = min(Int(place), stops.count - 2)
    let part = place - Double(below)
    func mixed(_ one: Double, _ other: Double) -> Int {
      Int((one + part * (other - one)).rounded())
    }
    let (a, b) = (stops[below], stops[below + 1])
    return "rgb(\(mixed(a.0, b.0)),\(mixed(a.1, b.1)),\(mixed(a.2, b.2)))"
  }

  private static let style = """
    <style>
    text{font:13px sans-serif;fill:#1f2328}
    .title{font-weight:bold;font-size:16px}
    .letter{font:12px monospace}
    path{stroke-width:5}
    @media (prefers-color-scheme: dark){
    text{fill:#e6edf3}
    }
    </style>
    """
}
