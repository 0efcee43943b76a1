/// A picture of values over time as colours, as SVG: bands one below the other, with a row for each unit and a
/// column for each step.
///
/// ```swift
/// let map = HeatMap(
///   title: "The cell state", columns: ["F", "r", "a", "n", "c", "e"],
///   bands: [HeatMap.Band("forget gate", rows: forgetGates, .fromZeroToOne)])
/// try map.svg.write(toFile: "gates.svg", atomically: true, encoding: .utf8)
/// ```
public struct HeatMap: Sendable {
  /// Rows that belong together.
  public struct Band: Sendable {
    /// What lies between which values. Values outside have the colour of the nearest.
    public enum Range: Sendable {
      /// From dark to light.
      case fromZeroToOne
      /// From blue by white to red.
      case fromMinusOneToOne
    }

    /// What stands beside it.
    public var name: String
    /// A value for each column, in each row.
    public var rows: [[Double]]
    /// Which values have which colours.
    public var range: Range

    /// Rows of as many values as the picture has columns.
    public init(_ name: String, rows: [[Double]], _ range: Range) {
      self.name = name
      self.rows = rows
      self.range = range
    }
  }

  /// What stands above the picture.
  public var title: String
  /// What stands below each column, a letter or nothing.
  public var columns: [String]
  /// The bands, from above.
  public var bands: [Band]

  /// A picture of at least one column and one row; every row has a value for each column.
  public init(title: String, columns: [String], bands: [Band]) {
    precondition(!columns.isEmpty, "a picture has at least one column")
    precondition(bands.contains { !$0.rows.isEmpty }, "a picture has at least one row")
    precondition(
      bands.allSatisfy { $0.rows.allSatisfy { $0.count == columns.count } },
      "every row has a value for each column")
    self.title = title
    self.columns = columns
    self.bands = bands
  }

  /// The whole picture: the text of an SVG file.
  public var svg: String { HeatMapDrawing(self).svg }
}
