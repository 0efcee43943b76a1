/// A table of texts in columns that are as wide as they must be.
struct TextTable {
  /// The rows, each with as many columns.
  let rows: [[String]]
  /// The first columns, which begin at the left; the others end at the right.
  let leftColumns: Int

  /// One line per row, two spaces between columns, none at the end of a line.
  var lines: [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, text in
        let space = String(repeating: " ", count: widths[column] - text.count)
        return column < leftColumns ? text + space : space + text
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
