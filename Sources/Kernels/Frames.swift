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
    for row in 0..<count / panelWidth {
      for column in 0..<columns {
        let i = row * panelWidth + column
        let variance = exponential(2 * logDeviation[i]) + leastVariance
        let difference = target[i] - mean[i]
        sums[i] -= 0.5 * (difference * difference / variance + naturalLogarithm(variance))
      }
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
    for row in 0..<count / panelWidth {
      let factor = factors[row]
      for column in 0..<columns {
        let i = row * panelWidth + column
        let own = exponential(2 * logDeviation[i])
        let precision = 1 / (own + leastVariance)
        let difference = mean[i] - target[i]
        mean[i] = factor * difference * precision
        logDeviation[i] =
          factor * own * precision * (1 - difference * difference * precision)
      }
      for column in columns..<panelWidth {
        mean[row * panelWidth + column] = 0
        logDeviation[row * panelWidth + column] = 0
      }
    }
  }
}
