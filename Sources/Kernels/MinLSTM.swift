extension Arithmetic {
  /// The memory whose two gates and candidate see the input only, for one panel of units over some rows
  /// (Feng et al. 2024, “Were RNNs All We Needed?”).
  ///
  /// In: forget and input gate before their nonlinearity and the candidate, all `W x + b`, and the
  /// previous output. Out: `f` and `i` in their places, and with them made to add up to one,
  /// `h = f / (f + i) · h₋ + i / (f + i) · candidate`. Every span holds `[rows, 16]`.
  public static func minLSTMForward(
    forget f: inout MutableSpan<Float>, input i: inout MutableSpan<Float>, candidate: Span<Float>,
    previous: Span<Float>, hidden: inout MutableSpan<Float>
  ) {
    let count = hidden.count
    precondition(f.count == count && i.count == count, "gates and output must be equally long")
    precondition(candidate.count == count, "candidate and output must be equally long")
    precondition(previous.count == count, "previous and new output must be equally long")
    applySigmoid(&f)
    applySigmoid(&i)
    // A sigmoid is never zero here, so that their sum can divide.
    for j in 0..<count {
      let kept = f[j] / (f[j] + i[j])
      hidden[j] = multiplyAdd(kept, previous[j] - candidate[j], candidate[j])
    }
  }

  /// The gradient of ``minLSTMForward(forget:input:candidate:previous:hidden:)``.
  ///
  /// In: what it left, and `dHidden`. Out: the gradients before the nonlinearity in the gates' and the
  /// candidate's place, and `f / (f + i) · dHidden` added to `dPrevious`.
  public static func minLSTMBackward(
    forget f: inout MutableSpan<Float>, input i: inout MutableSpan<Float>,
    candidate: inout MutableSpan<Float>, previous: Span<Float>, dHidden: Span<Float>,
    dPrevious: inout MutableSpan<Float>
  ) {
    let count = dHidden.count
    precondition(f.count == count && i.count == count, "gates and gradient must be equally long")
    precondition(candidate.count == count, "candidate and gradient must be equally long")
    precondition(previous.count == count && dPrevious.count == count, "previous must match")
    for j in 0..<count {
      let forget = f[j]
      let input = i[j]
      let d = dHidden[j]
      let kept = forget / (forget + input)
      let taken = input / (forget + input)
      // With respect to ln(f / i), the odds of the two.
      let dOdds = d * (previous[j] - candidate[j]) * kept * taken
      f[j] = dOdds * (1 - forget)
      i[j] = -dOdds * (1 - input)
      candidate[j] = d * taken
      dPrevious[j] = multiplyAdd(d, kept, dPrevious[j])
    }
  }
}
