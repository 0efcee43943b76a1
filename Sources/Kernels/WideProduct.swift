extension Arithmetic {
  /// Four panels of a matrix product for few rows: `Cᵢ [rows, 16] (+)= A [rows, 16·panels] · Bᵢ`.
  ///
  /// With one row, a tile of one panel waits for each product before it can add the next; four panels
  /// at once keep the processor busy. Every element is summed exactly as
  /// ``multiplyPanel(_:_:stride:panels:_:bias:accumulate:)`` sums it. The rows of `A` and of each `C`
  /// are adjacent; the `C` already hold what is added to.
  public static func multiplyFourPanels(
    _ c0: inout MutableSpan<Float>, _ c1: inout MutableSpan<Float>,
    _ c2: inout MutableSpan<Float>, _ c3: inout MutableSpan<Float>,
    _ a: Span<Float>, stride: Int, panels: Int,
    _ b0: Span<Float>, _ b1: Span<Float>, _ b2: Span<Float>, _ b3: Span<Float>
  ) {
    let rows = c0.count / panelWidth
    precondition(
      c1.count == c0.count && c2.count == c0.count && c3.count == c0.count,
      "all four panels must have the same rows")
    precondition(
      b0.count == panels * 256 && b1.count == b0.count && b2.count == b0.count
        && b3.count == b0.count, "B must hold 16 rows per panel of A")
    for row in 0..<rows {
      multiplyRow(
        &c0, &c1, &c2, &c3, row * panelWidth, a.extracting(droppingFirst: row * panelWidth),
        stride, panels, b0, b1, b2, b3)
    }
  }
}

@inline(never) func multiplyRow(
  _ c0: inout MutableSpan<Float>, _ c1: inout MutableSpan<Float>,
  _ c2: inout MutableSpan<Float>, _ c3: inout MutableSpan<Float>, _ at: Int,
  _ a: Span<Float>, _ stride: Int, _ panels: Int,
  _ b0: Span<Float>, _ b1: Span<Float>, _ b2: Span<Float>, _ b3: Span<Float>
) {
  var s0 = c0.vector(at: at)
  var s1 = c1.vector(at: at)
  var s2 = c2.vector(at: at)
  var s3 = c3.vector(at: at)
  for panel in 0..<panels {
    let values = a.extracting(panel * stride..<panel * stride + panelWidth)
    let range = panel * 256..<panel * 256 + 256
    let w0 = b0.extracting(range)
    let w1 = b1.extracting(range)
    let w2 = b2.extracting(range)
    let w3 = b3.extracting(range)
    for k in 0..<16 {
      let value = broadcast(values[k])
      s0 = multiplyAdd(value, w0.vector(at: k &* 16), s0)
      s1 = multiplyAdd(value, w1.vector(at: k &* 16), s1)
      s2 = multiplyAdd(value, w2.vector(at: k &* 16), s2)
      s3 = multiplyAdd(value, w3.vector(at: k &* 16), s3)
    }
  }
  c0.store(s0, at: at)
  c1.store(s1, at: at)
  c2.store(s2, at: at)
  c3.store(s3, at: at)
}
