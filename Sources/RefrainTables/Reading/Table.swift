/// A table: named columns, and rows with a value for each.
public struct Table: Equatable, Sendable {
  /// What one row has in one column.
  public enum Value: Hashable, Sendable {
    /// A field of CSV and TSV, or a string of JSON.
    case text(String)
    /// A number of JSON.
    case number(Double)
    /// An array of numbers; also an empty array.
    case numbers([Double])
    /// An array of strings.
    case texts([String])
  }

  /// What errors call the table: the path of its file.
  public let path: String

  /// The names of the columns, all different: in the order of the file for CSV and TSV, in the order of
  /// the alphabet for JSON Lines.
  public let columns: [String]

  /// The line that each row begins in, counted from 1.
  public let lines: [Int]

  /// Row after row.
  private let values: [Value]

  /// How many rows there are, at least 1.
  public var rowCount: Int { lines.count }

  /// A table of rows that lie one after the other in `values`, each with a value for every column.
  init(path: String, columns: [String], lines: [Int], values: [Value]) {
    precondition(values.count == lines.count * columns.count, "every row has a value per column")
    self.path = path
    self.columns = columns
    self.lines = lines
    self.values = values
  }

  /// A table that is in memory.
  ///
  /// - Parameters:
  ///   - columns: their names, all different.
  ///   - rows: at least one, each with a value for every column; errors count them from 1 as lines.
  ///   - path: what errors call the table.
  public init(columns: [String], rows: [[Value]], path: String) {
    precondition(
      !rows.isEmpty && rows.allSatisfy { $0.count == columns.count }
        && Set(columns).count == columns.count,
      "a table has different columns, and rows with a value for each")
    self.init(
      path: path, columns: columns, lines: Array(1...rows.count), values: Array(rows.joined()))
  }

  /// What row `row` has in the column at `column`, both counted from 0.
  public subscript(row row: Int, column column: Int) -> Value {
    precondition(columns.indices.contains(column), "the table has \(columns.count) columns")
    return values[row * columns.count + column]
  }

  /// The table of the rows at these places, at least one; errors name the same lines.
  func rows(at places: [Int]) -> Table {
    precondition(!places.isEmpty, "a table has at least one row")
    let width = columns.count
    return Table(
      path: path, columns: columns, lines: places.map { lines[$0] },
      values: places.flatMap { values[$0 * width..<($0 + 1) * width] })
  }

  /// The place of the column of this name.
  ///
  /// - Throws: ``TableError/noSuchColumn(path:name:columns:)``.
  public func place(of name: String) throws(TableError) -> Int {
    guard let place = columns.firstIndex(of: name) else {
      throw .noSuchColumn(path: path, name: name, columns: columns)
    }
    return place
  }

  /// The values of a column, row by row.
  ///
  /// - Throws: ``TableError/noSuchColumn(path:name:columns:)``.
  public func values(of name: String) throws(TableError) -> [Value] {
    let place = try place(of: name)
    return lines.indices.map { self[row: $0, column: place] }
  }
}
