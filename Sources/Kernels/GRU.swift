extension Arithmetic {
  /// The gated recurrent unit, for one panel of units over some rows (Cho et al. 2014, with the reset
  /// gate after the matrix product, as cuDNN and PyTorch have it).
  ///
  /// In: reset and update before their nonlinearity, `W x + b` of the candidate, and in `recurrent`
  /// its other half, `U h + b`. Out: `r`, `z`, `n = tanh(W x + b + r · (U h + b))` in their places,
  /// `recurrent` as it was, and `h = n + z · (h₋ − n)`. Every span holds `[rows, 16]`.
  public static func gruForward(
    reset r: inout MutableSpan<Float>, update z: inout MutableSpan<Float>,
    candidate n: inout MutableSpan<Float>, recurrent: Span<Float>, previous: Span<Float>,
    hidden: inout MutableSpan<Float>
  ) {
    let count = hidden.count
    precondition(r.count == count && z.count == count, "gates and output must be equally long")
    precondition(n.count == count && recurrent.count == count, "candidate and output must match")
    precondition(previous.count == count, "previous and new output must be equally long")
    applySigmoid(&r)
    applySigmoid(&z)
    for j in 0..<count {
      let candidate = hyperbolicTangent(multiplyAdd(r[j], recurrent[j], n[j]))
      n[j] = candidate
      hidden[j] = multiplyAdd(z[j], previous[j] - candidate, candidate)
    }
  }

  /// The gradient of ``gruForward(reset:update:candidate:recurrent:previous:hidden:)``.
  ///
  /// In: what it left, and `dHidden`. Out: the gradients before the nonlinearity in the gates' place,
  /// that of the recurrent half in `recurrent`, and `z · dHidden` added to `dPrevious`.
  public static func gruBackward(
    reset r: inout MutableSpan<Float>, update z: inout MutableSpan<Float>,
    candidate n: inout MutableSpan<Float>, recurrent m: inout MutableSpan<Float>,
    previous: Span<Float>, dHidden: Span<Float>, dPrevious: inout MutableSpan<Float>
  ) {
    let count = dHidden.count
    precondition(r.count == count && z.count == count, "gates and gradient must be equally long")
    precondition(n.count == count && m.count == count, "candidate and gradient must match")
    precondition(previous.count == count && dPrevious.count == count, "previous must match")
    for j in 0..<count {
      let reset = r[j]
      let update = z[j]
      let candidate = n[j]
      let d = dHidden[j]
      let dCandidate = d * (1 - update) * (1 - candidate * candidate)
      n[j] = dCandidate
      z[j] = d * (previous[j] - candidate) * update * (1 - update)
      r[j] = dCandidate * m[j] * reset * (1 - reset)
      m[j] = dCandidate * reset
      dPrevious[j] = multiplyAdd(d, update, dPrevious[j])
    }
  }
}
