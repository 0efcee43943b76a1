extension ChartDrawing {
  /// A line's colour on a light and on a dark background; the first six after Okabe & Ito (2008), whose colours
  /// differ for colour-blind readers too.
  static let colors = [
    ("#0072b2", "#56b4e9"), ("#d55e00", "#ff9e4a"), ("#00805f", "#2fd1a5"),
    ("#a8477f", "#e79fc6"), ("#7a6a00", "#f0e442"), ("#444444", "#cccccc"),
    ("#5b3fa0", "#b39ddb"), ("#8c2d04", "#d99a6c"), ("#1b6e8f", "#8fd3e8"), ("#4d7a1f", "#b5d56a"),
  ]

  /// The background is the page's: it stays transparent, and the colours follow the reader's choice.
  /// No variables of CSS: not every viewer of SVG knows them.
  static var style: String {
    """
    <style>
    text{font:13px sans-serif}
    .title{font-weight:bold;font-size:16px}
    polyline{fill:none;stroke-width:2;stroke-linejoin:round}
    \(palette(text: "#1f2328", rule: "#d0d7de", lines: colors.map(\.0)))
    @media (prefers-color-scheme: dark){
    \(palette(text: "#e6edf3", rule: "#3d444d", lines: colors.map(\.1)))
    }
    </style>
    """
  }

  private static func palette(text: String, rule: String, lines: [String]) -> String {
    let series = lines.enumerated().map { index, color in
      ".s\(index) polyline{stroke:\(color)}.s\(index) circle,.s\(index) polygon{fill:\(color)}"
    }
    return (["text{fill:\(text)}", ".rule{stroke:\(rule)}"] + series).joined(separator: "\n")
  }
}
