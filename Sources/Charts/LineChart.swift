/// A picture of how one quantity depends on another, as SVG that is readable on light and on dark
/// backgrounds.
///
/// ```swift
/// let chart = LineChart(
///   title: "Speed against batch",
///   xAxis: Axis("sequences", .logarithmic), yAxis: Axis("tokens per second", fromZero: true),
///   series: [Series("one thread", [(1, 9_000), (10, 31_000)])])
/// try chart.svg.write(toFile: "batch.svg", atomically: true, encoding: .utf8)
/// ```
public struct LineChart: Sendable {
  /// What stands above the picture.
  public var title: String
  /// The axis at the bottom.
  public var xAxis: Axis
  /// The axis at the left.
  public var yAxis: Axis
  /// The lines; up to ten of them each have a colour of their own, up to six a marker.
  public var series: [Series]

  /// A chart of at least one point; every value is finite, and positive on a logarithmic axis.
  public init(title: String, xAxis: Axis, yAxis: Axis, series: [Series]) {
    precondition(series.contains { !$0.points.isEmpty }, "a chart has at least one point")
    self.title = title
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.series = series
  }

  /// The whole picture: the text of an SVG file.
  public var svg: String { ChartDrawing(self).svg }
}

/// An axis of a ``LineChart``.
public struct Axis: Sendable {
  /// How values are spread along an axis.
  public enum Scale: Sendable {
    /// Equal differences are equally long.
    case linear
    /// Equal ratios are equally long; every value is positive.
    case logarithmic
  }

  /// What is shown, with its unit: `time (seconds)`.
  public var name: String
  /// How values are spread.
  public var scale: Scale
  /// True where a linear axis shows zero even if no point is near it.
  public var fromZero: Bool
  /// The values with a line and a number; nil: round numbers.
  public var ticks: [Double]?

  /// An axis; without `ticks` it marks round numbers around the values.
  public init(
    _ name: String, _ scale: Scale = .linear, fromZero: Bool = false, ticks: [Double]? = nil
  ) {
    precondition(ticks?.isEmpty != true, "an axis has at least one tick")
    self.name = name
    self.scale = scale
    self.fromZero = fromZero
    self.ticks = ticks
  }
}

/// A line of a ``LineChart``.
public struct Series: Sendable {
  /// What the legend calls it.
  public var name: String
  /// The points, in the order in which the line joins them.
  public var points: [(x: Double, y: Double)]
  /// True where each point has a marker; without, a line of many points stays readable.
  public var hasMarkers: Bool

  /// A line through `points`.
  public init(_ name: String, _ points: [(x: Double, y: Double)], hasMarkers: Bool = true) {
    self.name = name
    self.points = points
    self.hasMarkers = hasMarkers
  }
}
