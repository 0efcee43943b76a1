// Arithmetic with one number per column, for one panel over some rows: batch normalisation (Ioffe &
// Szegedy 2015), and what the last frames add to the next. Sums run over the rows in their order, whoever
// forms them.

extension Arithmetic {
  /// `out = Σ (x − mean)²` of each of sixteen columns over the rows of `x [rows, 16]`.
  public static func columnSquares(
    _ out: inout MutableSpan<Float>, _ x: Span<Float>, mean: Span<Float>
  ) {
    precondition(out.count == panelWidth && mean.count == panelWidth, "one value per column")
    precondition(x.count % panelWidth == 0, "x must hold whole rows")
    let mean = mean.vector(at: 0)
    var sums = Vector.zero
    for row in 0..<x.count / panelWidth {
      let difference = x.vector(at: row * panelWidth) - mean
      sums = multiplyAdd(difference, difference, sums)
    }
    out.store(sums, at: 0)
  }

  /// `out = Σ dy · (x − mean)` of each of sixteen columns over the rows.
  public static func columnProducts(
    _ out: inout MutableSpan<Float>, _ dy: Span<Float>, _ x: Span<Float>, mean: Span<Float>
  ) {
    precondition(out.count == panelWidth && mean.count == panelWidth, "one value per column")
    precondition(dy.count == x.count && x.count % panelWidth == 0, "both must hold the same rows")
    let mean = mean.vector(at: 0)
    var sums = Vector.zero
    for row in 0..<x.count / panelWidth {
      let at = row * panelWidth
      sums = multiplyAdd(dy.vector(at: at), x.vector(at: at) - mean, sums)
    }
    out.store(sums, at: 0)
  }

  /// `out = x · factor + offset`, with a factor and an offset per column.
  public static func scaleColumns(
    _ out: inout MutableSpan<Float>, _ x: Span<Float>, factors: Span<Float>, offsets: Span<Float>
  ) {
    precondition(factors.count == panelWidth && offsets.count == panelWidth, "one per column")
    precondition(out.count == x.count && x.count % panelWidth == 0, "both must hold the same rows")
    let factor = factors.vector(at: 0)
    let offset = offsets.vector(at: 0)
    for row in 0..<x.count / panelWidth {
      let at = row * panelWidth
      out.store(multiplyAdd(x.vector(at: at), factor, offset), at: at)
    }
  }

  /// `x = x − y · factor`, with a factor per column.
  public static func subtractScaledColumns(
    _ x: inout MutableSpan<Float>, _ y: Span<Float>, factors: Span<Float>
  ) {
    precondition(factors.count == panelWidth, "one factor per column")
    precondition(x.count == y.count && x.count % panelWidth == 0, "both must hold the same rows")
    let factor = -factors.vector(at: 0)
    for row in 0..<x.count / panelWidth {
      let at = row * panelWidth
      x.store(multiplyAdd(y.vector(at: at), factor, x.vector(at: at)), at: at)
    }
  }

  /// `out = a · p + b · q + r`, with p, q and r per column: the gradient of a normalised column is of
  /// this form in its own gradient and its input.
  public static func combineColumns(
    _ out: inout MutableSpan<Float>, _ a: Span<Float>, _ p: Span<Float>, _ b: Span<Float>,
    _ q: Span<Float>, _ r: Span<Float>
  ) {
    precondition(p.count == panelWidth && q.count == panelWidth, "one per column")
    precondition(r.count == panelWidth, "one per column")
    precondition(a.count == out.count && b.count == out.count, "all must hold the same rows")
    let first = p.vector(at: 0)
    let second = q.vector(at: 0)
    let rest = r.vector(at: 0)
    for row in 0..<out.count / panelWidth {
      let at = row * panelWidth
      let sum = multiplyAdd(b.vector(at: at), second, rest)
      out.store(multiplyAdd(a.vector(at: at), first, sum), at: at)
    }
  }
}
