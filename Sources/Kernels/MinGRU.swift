extension Arithmetic {
  /// The gated recurrent unit whose gate and candidate see the input only, for one panel of units over
  /// some rows (Feng et al. 2024, “Were RNNs All We Needed?”).
  ///
  /// In: the update gate before its nonlinearity and the candidate, both `W x + b`, and the previous
  /// output. Out: `z` in its place, and `h = (1 − z) · h₋ + z · candidate`. Every span holds
  /// `[rows, 16]`.
  public static func minGRUForward(
    update z: inout MutableSpan<Float>, candidate: Span<Float>, previous: Span<Float>,
    hidden: inout MutableSpan<Float>
  ) {
    let count = hidden.count
    precondition(z.count == count && candidate.count == count, "gate and output must match")
    precondition(previous.count == count, "previous and new output must be equally long")
    applySigmoid(&z)
    for j in 0..<count {
      hidden[j] = multiplyAdd(z[j], candidate[j] - previous[j], previous[j])
    }
  }

  /// The gradient of ``minGRUForward(update:candidate:previous:hidden:)``.
  ///
  /// In: what it left, and `dHidden`. Out: the gradients before the nonlinearity in the gate's and the
  /// candidate's place, and `(1 − z) · dHidden` added to `dPrevious`.
  public static func minGRUBackward(
    update z: inout MutableSpan<Float>, candidate: inout MutableSpan<Float>,
    previous: Span<Float>, dHidden: Span<Float>, dPrevious: inout MutableSpan<Float>
  ) {
    let count = dHidden.count
    precondition(z.count == count && candidate.count == count, "gate and gradient must match")
    precondition(previous.count == count && dPrevious.count == count, "previous must match")
    for j in 0..<count {
      let update = z[j]
      let d = dHidden[j]
      z[j] = d * (candidate[j] - previous[j]) * update * (1 - update)
      candidate[j] = d * update
      dPrevious[j] = multiplyAdd(d, 1 - update, dPrevious[j])
    }
  }
}
