/// A chart on its way to SVG: where everything lies, in pixels.
struct ChartDrawing {
  private let chart: LineChart
  private let x: AxisLayout
  private let y: AxisLayout
  /// The plot's edges.
  private let left: Double
  private let right: Double
  private let top = 48.0
  private let bottom = 360.0
  private let width: Double
  private let height = 420.0

  /// Roughly the width of a letter of 13 pixels.
  private static let letter = 7.0

  init(_ chart: LineChart) {
    self.chart = chart
    let points = chart.series.flatMap(\.points)
    x = AxisLayout(chart.xAxis, values: points.map(\.x))
    y = AxisLayout(chart.yAxis, values: points.map(\.y))
    let numbers = y.ticks.map { AxisLayout.label($0).count }.max() ?? 0
    left = 44 + Double(numbers) * Self.letter
    right = left + 560
    let names = chart.series.map(\.name.count).max() ?? 0
    width = right + 60 + Double(names) * Self.letter
  }

  var svg: String {
    var lines = [SVG.text(chart.title, left, 26, "title", anchor: "start")]
    lines += xTicks + yTicks
    lines += [
      SVG.text(chart.xAxis.name, (left + right) / 2, height - 16, "name"),
      SVG.text(chart.yAxis.name, 18, (top + bottom) / 2, "name", turned: true),
    ]
    for index in chart.series.indices { lines += line(index) }
    return SVG.picture(
      width: width, height: height, title: chart.title, style: Self.style, lines)
  }

  // MARK: - Axes

  private func across(_ value: Double) -> Double { left + x.position(value) * (right - left) }
  private func up(_ value: Double) -> Double { bottom - y.position(value) * (bottom - top) }

  private var xTicks: [String] {
    x.ticks.flatMap { tick in
      let at = across(tick)
      return [
        rule(at, top, at, bottom), SVG.text(AxisLayout.label(tick), at, bottom + 20, "number"),
      ]
    }
  }

  private var yTicks: [String] {
    y.ticks.flatMap { tick in
      let at = up(tick)
      return [
        rule(left, at, right, at),
        SVG.text(AxisLayout.label(tick), left - 8, at + 4, "number", anchor: "end"),
      ]
    }
  }

  private func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    """
    <line class="rule" x1="\(SVG.number(x1))" y1="\(SVG.number(y1))" x2="\(SVG.number(x2))" y2="\(SVG.number(y2))"/>
    """
  }

  // MARK: - Lines and their legend

  private func line(_ index: Int) -> [String] {
    let series = chart.series[index]
    let points = series.points.map { (x: across($0.x), y: up($0.y)) }
    let path = points.map { "\(SVG.number($0.x)),\(SVG.number($0.y))" }.joined(separator: " ")
    var drawn = ["<g class=\"series s\(index % Self.colors.count)\">"]
    drawn.append("<polyline points=\"\(path)\"/>")
    if series.hasMarkers { drawn += points.map { marker(index, $0.x, $0.y) } }
    let at = top + 8 + 24 * Double(index)
    drawn.append(
      """
      <polyline points="\(SVG.number(right + 14)),\(SVG.number(at)) \(SVG.number(right + 38)),\(SVG.number(at))"/>
      """)
    if series.hasMarkers { drawn.append(marker(index, right + 26, at)) }
    drawn.append(SVG.text(series.name, right + 46, at + 4, "legend", anchor: "start"))
    return drawn + ["</g>"]
  }

  /// Circle, square, triangle, diamond, so that a line is known without its colour.
  private func marker(_ index: Int, _ x: Double, _ y: Double) -> String {
    let corners: [(Double, Double)]
    switch index % 6 {
    case 0: return "<circle cx=\"\(SVG.number(x))\" cy=\"\(SVG.number(y))\" r=\"4\"/>"
    case 1: corners = [(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)]
    case 2: corners = [(0, -5), (4.5, 3.5), (-4.5, 3.5)]
    case 3: corners = [(0, -5), (5, 0), (0, 5), (-5, 0)]
    case 4: corners = [(0, 5), (4.5, -3.5), (-4.5, -3.5)]
    default: corners = [(-5, -2), (5, -2), (5, 2), (-5, 2)]
    }
    let points = corners.map { "\(SVG.number(x + $0.0)),\(SVG.number(y + $0.1))" }
    return "<polygon points=\"\(points.joined(separator: " "))\"/>"
  }
}
