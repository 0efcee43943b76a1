// Losses of labels of which several may be true at once. As for the softmax, sixteen partial sums per row
// stand side by side until the last panel.

extension Arithmetic {
  /// `sums += −target · ln p − (1 − target) · ln (1 − p)` with `p` the sigmoid of `z`, for targets of 0 to 1;
  /// columns from `columns` on count nothing.
  public static func labelLosses(
    _ sums: inout MutableSpan<Float>, _ z: Span<Float>, target: Span<Float>, columns: Int
  ) {
    precondition(sums.count == z.count && target.count == z.count, "all must be equally long")
    let counted = LaneMask(first: columns)
    for row in 0..<z.count / panelWidth {
      let at = row * panelWidth
      let cost = crossEntropy(z.vector(at: at), target.vector(at: at))
      sums.store(sums.vector(at: at) + counted.keep(cost), at: at)
    }
  }

  /// The gradient of ``labelLosses(_:_:target:columns:)``, times a factor per row, in the place of `z`:
  /// `(sigmoid(z) − target) · factor`, and zero from column `columns` on.
  public static func labelGradient(
    _ z: inout MutableSpan<Float>, target: Span<Float>, factors: Span<Float>, columns: Int
  ) {
    precondition(target.count == z.count, "both must be equally long")
    precondition(z.count <= factors.count * panelWidth, "one factor per row")
    let counted = LaneMask(first: columns)
    for row in 0..<z.count / panelWidth {
      let at = row * panelWidth
      let probability = broadcast(1) / (broadcast(1) + exponential(-z.vector(at: at)))
      let difference = probability - target.vector(at: at)
      z.store(counted.keep(difference * broadcast(factors[row])), at: at)
    }
  }
}

/// `ln (1 + eᶻ) − target · z`.
@inline(always) private func crossEntropy(_ z: Vector, _ target: Vector) -> Vector {
  // What ln (1 + eᶻ) is beyond the larger of z and 0 is ln (1 + e^−|z|), which never overflows.
  let small = exponential(minimum(z, -z))
  let sum = broadcast(1) + small
  // What rounding took off the sum comes back: for a large |z|, it is all that there is.
  let rest = naturalLogarithm(sum) + (small - (sum - broadcast(1)))
  // Of a label that is true, the first two cancel exactly.
  return (maximum(z, broadcast(0)) - target * z) + rest
}
