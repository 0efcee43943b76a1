// Softmax and cross-entropy, panel by panel over the same rows: maxima, exponentials with their sums,
// then probabilities as gradients. Sixteen partial maxima and sums per row stand side by side until
// the last panel, so that no row is reduced more than once.

extension Arithmetic {
  /// `maxima = max(maxima, z)`; only the first `columns` of the sixteen columns count.
  public static func rowMaxima(
    _ maxima: inout MutableSpan<Float>, _ z: Span<Float>, columns: Int
  ) {
    precondition(maxima.count == z.count && z.count % panelWidth == 0, "maxima and z must match")
    if columns == panelWidth {
      for i in 0..<z.count { maxima[i] = max(maxima[i], z[i]) }
      return
    }
    for row in 0..<z.count / panelWidth {
      for column in 0..<columns {
        let i = row * panelWidth + column
        maxima[i] = max(maxima[i], z[i])
      }
    }
  }

  /// Each row's sixteen partial maxima become one value in `out`, which holds one per row or more.
  public static func reduceMaxima(_ out: inout MutableSpan<Float>, _ partial: Span<Float>) {
    precondition(partial.count <= out.count * panelWidth, "one value per row of partial values")
    for row in 0..<partial.count / panelWidth {
      let v = partial.vector(at: row * panelWidth)
      let eight = v.lowHalf.replacing(with: v.highHalf, where: v.highHalf .> v.lowHalf)
      var half = eight.lowHalf.replacing(
        with: eight.highHalf, where: eight.highHalf .> eight.lowHalf)
      half.lowHalf.replace(with: half.highHalf, where: half.highHalf .> half.lowHalf)
      out[row] = max(half.x, half.y)
    }
  }

  /// As ``reduceMaxima(_:_:)``, adding in a fixed order.
  public static func reduceSums(_ out: inout MutableSpan<Float>, _ partial: Span<Float>) {
    precondition(partial.count <= out.count * panelWidth, "one value per row of partial values")
    for row in 0..<partial.count / panelWidth {
      let v = partial.vector(at: row * panelWidth)
      let eight = v.lowHalf + v.highHalf
      let half = eight.lowHalf + eight.highHalf
      let quarter = half.lowHalf + half.highHalf
      out[row] = quarter.x + quarter.y
    }
  }

  /// `z = e^(z − maximum of its row)`, zero from column `columns` on; `sums += z`.
  public static func exponentials(
    _ z: inout MutableSpan<Float>, maxima: Span<Float>, sums: inout MutableSpan<Float>,
    columns: Int
  ) {
    precondition(z.count <= maxima.count * panelWidth && sums.count == z.count, "rows must match")
    let counted = LaneMask(first: columns)
    for row in 0..<z.count / panelWidth {
      let shift = broadcast(-maxima[row])
      let at = row * panelWidth
      let values = counted.keep(exponential(z.vector(at: at) + shift))
      z.store(values, at: at)
      sums.store(sums.vector(at: at) + values, at: at)
    }
  }

  /// `x = x · factor of its row`.
  public static func scaleRows(_ x: inout MutableSpan<Float>, by factors: Span<Float>) {
    precondition(x.count <= factors.count * panelWidth, "one factor per row")
    for row in 0..<x.count / panelWidth {
      let factor = broadcast(factors[row])
      x.store(x.vector(at: row * panelWidth) * factor, at: row * panelWidth)
    }
  }

  /// `sums += a · b`, sixteen partial sums per row.
  public static func addProducts(
    _ sums: inout MutableSpan<Float>, _ a: Span<Float>, _ b: Span<Float>
  ) {
    let count = sums.count
    precondition(a.count == count && b.count == count, "all three must be equally long")
    for i in 0..<count { sums[i] = multiplyAdd(a[i], b[i], sums[i]) }
  }

  /// From the gradient of probabilities `p`, that of the values before the softmax: `dp = p · (dp − sum of its
  /// row)`, where the sums are those of `p · dp`.
  public static func softmaxGradient(
    _ dp: inout MutableSpan<Float>, _ p: Span<Float>, sums: Span<Float>
  ) {
    precondition(dp.count == p.count, "both must be equally long")
    precondition(p.count <= sums.count * panelWidth, "one sum per row")
    for row in 0..<p.count / panelWidth {
      let at = row * panelWidth
      dp.store(p.vector(at: at) * (dp.vector(at: at) - broadcast(sums[row])), at: at)
    }
  }

  /// `logarithms = ln sums + maxima`: what a logit is subtracted from to give its loss in nats.
  public static func logSumExponentials(
    _ logarithms: inout MutableSpan<Float>, sums: Span<Float>, maxima: Span<Float>
  ) {
    let count = logarithms.count
    precondition(sums.count == count && maxima.count == count, "one value per row")
    // The logarithm takes what is not a finite number for one; the difference, else zero, keeps it.
    for i in 0..<count {
      logarithms[i] = naturalLogarithm(sums[i]) + (sums[i] - sums[i]) + maxima[i]
    }
  }
}
