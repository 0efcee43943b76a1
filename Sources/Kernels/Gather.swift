extension Arithmetic {
  /// Rows of a table, one per token: `out [rows, 16] = table [V, 16]` at `indices [rows]`, plus a
  /// bias of 16 values or none. This is what multiplying a one-hot row by the table gives.
  public static func gatherRows(
    _ out: inout MutableSpan<Float>, table: Span<Float>, indices: Span<Int32>, bias: Span<Float>
  ) {
    precondition(out.count == indices.count * panelWidth, "one row of 16 per index")
    precondition(bias.count == 16 || bias.isEmpty, "a bias has one value per column")
    let start = bias.isEmpty ? Vector.zero : bias.vector(at: 0)
    for i in 0..<indices.count {
      out.store(table.vector(at: Int(indices[i]) * panelWidth) + start, at: i * panelWidth)
    }
  }

  /// The gradient of ``gatherRows(_:table:indices:bias:)``: adds each row of `rows [rows, 16]` to the
  /// table's row at its index, rows upwards.
  public static func scatterAddRows(
    _ table: inout MutableSpan<Float>, rows: Span<Float>, indices: Span<Int32>
  ) {
    precondition(rows.count == indices.count * panelWidth, "one row of 16 per index")
    for i in 0..<indices.count {
      let to = Int(indices[i]) * panelWidth
      table.store(table.vector(at: to) + rows.vector(at: i * panelWidth), at: to)
    }
  }

  /// Sixteen values from `column` on of rows of a table in half precision, one per index:
  /// `out [rows, 16]`. The table's rows are `stride` values apart.
  public static func gatherHalves(
    _ out: inout MutableSpan<Float>, table: Span<UInt16>, stride: Int, column: Int,
    indices: Span<Int32>
  ) {
    precondition(out.count == indices.count * panelWidth, "one row of 16 per index")
    precondition(column % panelWidth == 0 && column < stride, "a panel of the table's columns")
    for i in 0..<indices.count {
      let first = Int(indices[i]) * stride + column
      let halves = table.extracting(first..<first + panelWidth)
      out.store(Half.row(halves, 0), at: i * panelWidth)
    }
  }
}
