extension Arithmetic {
  /// The LSTM whose input gate is what the forget gate leaves, for one panel of units over some rows
  /// (Greff et al. 2017).
  ///
  /// In: the three gates before their nonlinearity, `W x + U h + b`, and the previous cell value.
  /// Out: the gates after it, the new cell value `c = f · c₋ + (1 − f) · g`, its tanh, and the output
  /// `h = o · tanh c`. Every span holds `[rows, 16]`.
  public static func coupledLSTMForward(
    forget f: inout MutableSpan<Float>, candidate g: inout MutableSpan<Float>,
    output o: inout MutableSpan<Float>, previousCell: Span<Float>,
    cell: inout MutableSpan<Float>, cellTanh: inout MutableSpan<Float>,
    hidden: inout MutableSpan<Float>
  ) {
    let count = hidden.count
    precondition(f.count == count && g.count == count, "gates and output must be equally long")
    precondition(o.count == count, "gates and output must be equally long")
    precondition(previousCell.count == count, "cell values and output must be equally long")
    precondition(cell.count == count && cellTanh.count == count, "cell and output must match")
    applySigmoid(&f)
    applyTanh(&g)
    applySigmoid(&o)
    for j in 0..<count {
      let c = multiplyAdd(f[j], previousCell[j] - g[j], g[j])
      let t = hyperbolicTangent(c)
      cell[j] = c
      cellTanh[j] = t
      hidden[j] = o[j] * t
    }
  }

  /// The gradient of ``coupledLSTMForward(forget:candidate:output:previousCell:cell:cellTanh:hidden:)``.
  ///
  /// In: the gates after their nonlinearity, `dHidden`, and in `dCell` what the next step asks of the
  /// cell value. Out: the gradients before the nonlinearity, in the gates' place, and in `dCell` what
  /// this step asks of the previous cell value.
  public static func coupledLSTMBackward(
    forget f: inout MutableSpan<Float>, candidate g: inout MutableSpan<Float>,
    output o: inout MutableSpan<Float>, previousCell: Span<Float>, cellTanh: Span<Float>,
    dHidden: Span<Float>, dCell: inout MutableSpan<Float>
  ) {
    let count = dHidden.count
    precondition(f.count == count && g.count == count, "gates and gradient must be equally long")
    precondition(o.count == count, "gates and gradient must be equally long")
    precondition(previousCell.count == count && cellTanh.count == count, "cell values must match")
    precondition(dCell.count == count, "cell and output gradients must be equally long")
    for j in 0..<count {
      let forget = f[j]
      let candidate = g[j]
      let output = o[j]
      let t = cellTanh[j]
      let d = dHidden[j]
      let dc = multiplyAdd(d * output, 1 - t * t, dCell[j])
      o[j] = d * t * output * (1 - output)
      g[j] = dc * (1 - forget) * (1 - candidate * candidate)
      f[j] = dc * (previousCell[j] - candidate) * forget * (1 - forget)
      dCell[j] = dc * forget
    }
  }
}
