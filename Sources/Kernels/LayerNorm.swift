// Layer normalisation (Ba, Kiros & Hinton 2016): each row by its own mean and deviation. What is of one value
// per row goes over all panels of the row; the rest goes panel by panel, as elsewhere.

extension Arithmetic {
  /// The mean of the first `columns` values of each of `rows` rows, and 1 / √(variance + `epsilon`). Panel `k`
  /// of `x` begins at `k · stride`.
  public static func rowMoments(
    means: inout MutableSpan<Float>, inverses: inout MutableSpan<Float>, _ x: Span<Float>,
    stride: Int, rows: Int, columns: Int, epsilon: Float
  ) {
    precondition(means.count >= rows && inverses.count >= rows, "two values per row")
    let share = 1 / Float(columns)
    for row in 0..<rows {
      var sums = Vector.zero
      forEachPanel(columns) { panel, counted in
        sums += counted.keep(x.vector(at: panel * stride + row * panelWidth))
      }
      let mean = sums.total * share
      var squares = Vector.zero
      forEachPanel(columns) { panel, counted in
        let difference = counted.keep(
          x.vector(at: panel * stride + row * panelWidth) - broadcast(mean))
        squares = multiplyAdd(difference, difference, squares)
      }
      means[row] = mean
      inverses[row] = 1 / (squares.total * share + epsilon).squareRoot()
    }
  }

  /// `out = (x − mean) · inverse · factor + offset`, with a mean and an inverse deviation per row, a factor
  /// and an offset per column.
  public static func normalizeRows(
    _ out: inout MutableSpan<Float>, _ x: Span<Float>, means: Span<Float>, inverses: Span<Float>,
    factors: Span<Float>, offsets: Span<Float>
  ) {
    precondition(factors.count == panelWidth && offsets.count == panelWidth, "one per column")
    let rows = checkedRows(out.count, x.count, means.count, inverses.count)
    let (factor, offset) = (factors.vector(at: 0), offsets.vector(at: 0))
    for row in 0..<rows {
      let normal = normalized(x, row, means, inverses)
      out.store(multiplyAdd(normal, factor, offset), at: row * panelWidth)
    }
  }

  /// `out = Σ dy · (x − mean) · inverse` of each of sixteen columns over the rows: a factor's gradient.
  public static func normalizedProducts(
    _ out: inout MutableSpan<Float>, _ dy: Span<Float>, _ x: Span<Float>, means: Span<Float>,
    inverses: Span<Float>
  ) {
    precondition(out.count == panelWidth, "one value per column")
    let rows = checkedRows(dy.count, x.count, means.count, inverses.count)
    var sums = Vector.zero
    for row in 0..<rows {
      let normal = normalized(x, row, means, inverses)
      sums = multiplyAdd(dy.vector(at: row * panelWidth), normal, sums)
    }
    out.store(sums, at: 0)
  }

  /// Of each row the mean of `g = dy · factor`, and that of `g` times the normalised value, over its first
  /// `columns` values. Panel `k` of `dy` begins at `k · dyStride`, of `x` at `k · xStride`; factors lie one
  /// panel after the other.
  public static func normalizedMeans(
    gradients: inout MutableSpan<Float>, products: inout MutableSpan<Float>, _ dy: Span<Float>,
    dyStride: Int, _ x: Span<Float>, xStride: Int, means: Span<Float>, inverses: Span<Float>,
    factors: Span<Float>, columns: Int
  ) {
    let rows = means.count
    precondition(gradients.count >= rows && products.count >= rows, "two values per row")
    precondition(inverses.count == rows, "one deviation per row")
    let share = 1 / Float(columns)
    for row in 0..<rows {
      let mean = broadcast(means[row])
      var first = Vector.zero
      var second = Vector.zero
      forEachPanel(columns) { panel, counted in
        let at = row * panelWidth
        let g = counted.keep(
          dy.vector(at: panel * dyStride + at) * factors.vector(at: panel * panelWidth))
        first += g
        second = multiplyAdd(g, x.vector(at: panel * xStride + at) - mean, second)
      }
      gradients[row] = first.total * share
      products[row] = second.total * inverses[row] * share
    }
  }

  /// `dx = inverse · (g − gradient − n · product)` with `g = dy · factor`, the normalised value `n`, and of
  /// each row what ``normalizedMeans`` found; zero from column `columns` on.
  public static func normalizeRowsBackward(
    _ dx: inout MutableSpan<Float>, _ dy: Span<Float>, _ x: Span<Float>, means: Span<Float>,
    inverses: Span<Float>, factors: Span<Float>, gradients: Span<Float>, products: Span<Float>,
    columns: Int
  ) {
    precondition(factors.count == panelWidth && dx.count == x.count, "rows of one panel")
    let rows = checkedRows(dy.count, x.count, means.count, inverses.count)
    precondition(gradients.count >= rows && products.count >= rows, "two values per row")
    let counted = LaneMask(first: columns)
    let factor = factors.vector(at: 0)
    for row in 0..<rows {
      let normal = normalized(x, row, means, inverses)
      let g = dy.vector(at: row * panelWidth) * factor - broadcast(gradients[row])
      let rest = multiplyAdd(normal, broadcast(-products[row]), g)
      dx.store(counted.keep(rest * broadcast(inverses[row])), at: row * panelWidth)
    }
  }

  /// The number of rows of two panels of one length, each of which has a mean and a deviation.
  @inline(always) private static func checkedRows(
    _ first: Int, _ second: Int, _ means: Int, _ inverses: Int
  ) -> Int {
    precondition(first == second && first % panelWidth == 0, "both must hold the same rows")
    precondition(means * panelWidth >= first && inverses >= means, "two values per row")
    return first / panelWidth
  }

  @inline(always) private static func normalized(
    _ x: Span<Float>, _ row: Int, _ means: Span<Float>, _ inverses: Span<Float>
  ) -> Vector {
    (x.vector(at: row * panelWidth) - broadcast(means[row])) * broadcast(inverses[row])
  }

  /// Every panel of a row of `columns` values, and which of its sixteen are not padding.
  @inline(always) private static func forEachPanel(
    _ columns: Int, _ body: (_ panel: Int, _ counted: LaneMask) -> Void
  ) {
    for panel in 0..<(columns + panelWidth - 1) / panelWidth {
      body(panel, LaneMask(first: columns - panel * panelWidth))
    }
  }
}

extension Vector {
  /// The sum of the lanes in a fixed order.
  @inline(always) fileprivate var total: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}
