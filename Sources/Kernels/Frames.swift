// Losses of predicted frames. As for the softmax, sixteen partial sums per row stand side by side until
// the last panel.

/// The least variance of a Gaussian: data that never vary, as silence, would else have an infinite density.
private let leastVariance: Float = 1e-4

extension Arithmetic {
  /// `sums += (y − target)²`.
  public static func squaredErrors(
    _ sums: inout MutableSpan<Float>, _ y: Span<Float>, target: Span<Float>
  ) {
    precondition(sums.count == y.count && target.count == y.count, "all must be equally long")
    for i in 0..<y.count {
      let difference = y[i] - target[i]
      sums[i] = multiplyAdd(difference, difference, sums[i])
    }
  }

  /// `out = (y − target) · factor of its row`.
  public static func errorGradient(
    _ out: inout MutableSpan<Float>, _ y: Span<Float>, target: Span<Float>, factors: Span<Float>
  ) {
    precondition(out.count == y.count && target.count == y.count, "all must be equally long")
    precondition(y.count <= factors.count * panelWidth, "one factor per row")
    for row in 0..<y.count / panelWidth {
      let at = row * panelWidth
      let difference = y.vector(at: at) - target.vector(at: at)
      out.store(difference * broadcast(factors[row]), at: at)
    }
  }

  /// `x = x − y`.
  public static func subtract(_ x: inout MutableSpan<Float>, _ y: Span<Float>) {
    precondition(x.count == y.count, "both must be equally long")
    for i in 0..<x.count { x[i] = x[i] - y[i] }
  }

  /// `x = x + y · factor`.
  public static func addScaled(_ x: inout MutableSpan<Float>, _ y: Span<Float>, factor: Float) {
    precondition(x.count == y.count, "both must be equally long")
    for i in 0..<x.count { x[i] = multiplyAdd(y[i], factor, x[i]) }
  }

  /// `sums += ln N(target; mean, variance)` but for the constant −½ ln 2π, with a variance of
  /// `e^(2·logDeviation)` and a least one; columns from `columns` on count nothing.
  public static func gaussianLogDensities(
    _ sums: inout MutableSpan<Float>, mean: Span<Float>, logDeviation: Span<Float>,
    target: Span<Float>, columns: Int
  ) {
    let count = sums.count
    precondition(mean.count == count && logDeviation.count == count, "all must be equally long")
    precondition(target.count == count, "all must be equally long")
    let counted = LaneMask(first: columns)
    for row in 0..<count / panelWidth {
      let at = row * panelWidth
      let variance = ownVariance(logDeviation.vector(at: at)) + broadcast(leastVariance)
      let difference = target.vector(at: at) - mean.vector(at: at)
      let cost = difference * difference / variance + naturalLogarithm(variance)
      sums.store(
        multiplyAdd(counted.keep(cost), broadcast(-0.5), sums.vector(at: at)), at: at)
    }
  }

  /// The gradient of minus ``gaussianLogDensities(_:mean:logDeviation:target:columns:)``, times a factor
  /// per row, in the places of `mean` and `logDeviation`; zero from column `columns` on.
  public static func gaussianGradients(
    mean: inout MutableSpan<Float>, logDeviation: inout MutableSpan<Float>, target: Span<Float>,
    factors: Span<Float>, columns: Int
  ) {
    let count = mean.count
    precondition(logDeviation.count == count && target.count == count, "all must be equally long")
    precondition(count <= factors.count * panelWidth, "one factor per row")
    let counted = LaneMask(first: columns)
    for row in 0..<count / panelWidth {
      let at = row * panelWidth
      let factor = broadcast(factors[row])
      let own = ownVariance(logDeviation.vector(at: at))
      let precision = broadcast(1) / (own + broadcast(leastVariance))
      let difference = mean.vector(at: at) - target.vector(at: at)
      let scaled = difference * precision
      let spread = own * precision * (broadcast(1) - difference * scaled)
      mean.store(counted.keep(factor * scaled), at: at)
      logDeviation.store(counted.keep(factor * spread), at: at)
    }
  }
}

/// `e^(2x)`.
@inline(always) private func ownVariance(_ logDeviation: Vector) -> Vector {
  exponential(logDeviation + logDeviation)
}
