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
        column < leftColumns ? text.leftAligned(widths[column]) : text.rightAligned(widths[column])
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

extension String {
  /// The text, with as many spaces after it as a column of `width` characters needs.
  func leftAligned(_ width: Int) -> String { self + space(to: width) }

  /// The text, with as many spaces before it as a column of `width` characters needs.
  func rightAligned(_ width: Int) -> String { space(to: width) + self }

  private func space(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count))
  }
}
