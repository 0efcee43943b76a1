extension Arithmetic {
  /// The LSTM's memory, for one panel of units over some rows (Hochreiter & Schmidhuber 1997, with
  /// the forget gate of Gers et al. 2000).
  ///
  /// In: the four gates before their nonlinearity, `W x + U h + b`, and the previous cell value.
  /// Out: the gates after it, the new cell value `c = f · c₋ + i · g`, its tanh, and the output
  /// `h = o · tanh c`. Every span holds `[rows, 16]`.
  public static func lstmForward(
    input i: inout MutableSpan<Float>, forget f: inout MutableSpan<Float>,
    candidate g: inout MutableSpan<Float>, output o: inout MutableSpan<Float>,
    previousCell: Span<Float>, cell: inout MutableSpan<Float>,
    cellTanh: inout MutableSpan<Float>, hidden: inout MutableSpan<Float>
  ) {
    let count = hidden.count
    precondition(i.count == count && f.count == count, "gates and output must be equally long")
    precondition(g.count == count && o.count == count, "gates and output must be equally long")
    precondition(previousCell.count == count, "cell values and output must be equally long")
    precondition(cell.count == count && cellTanh.count == count, "cell and output must match")
    // Short loops: one loop for everything would wait for its own long chain of operations.
    applySigmoid(&i)
    applySigmoid(&f)
    applyTanh(&g)
    applySigmoid(&o)
    for j in 0..<count {
      let c = multiplyAdd(f[j], previousCell[j], i[j] * g[j])
      let t = hyperbolicTangent(c)
      cell[j] = c
      cellTanh[j] = t
      hidden[j] = o[j] * t
    }
  }

  /// The gradient of ``lstmForward(input:forget:candidate:output:previousCell:cell:cellTanh:hidden:)``.
  ///
  /// In: the gates after their nonlinearity, `dHidden`, and in `dCell` what the next step asks of the
  /// cell value. Out: the gradients before the nonlinearity, in the gates' place, and in `dCell` what
  /// this step asks of the previous cell value.
  public static func lstmBackward(
    input i: inout MutableSpan<Float>, forget f: inout MutableSpan<Float>,
    candidate g: inout MutableSpan<Float>, output o: inout MutableSpan<Float>,
    previousCell: Span<Float>, cellTanh: Span<Float>, dHidden: Span<Float>,
    dCell: inout MutableSpan<Float>
  ) {
    let count = dHidden.count
    precondition(i.count == count && f.count == count, "gates and gradient must be equally long")
    precondition(g.count == count && o.count == count, "gates and gradient must be equally long")
    precondition(previousCell.count == count && cellTanh.count == count, "cell values must match")
    precondition(dCell.count == count, "cell and output gradients must be equally long")
    for j in 0..<count {
      let input = i[j]
      let forget = f[j]
      let candidate = g[j]
      let output = o[j]
      let t = cellTanh[j]
      let d = dHidden[j]
      let dc = multiplyAdd(d * output, 1 - t * t, dCell[j])
      o[j] = d * t * output * (1 - output)
      i[j] = dc * candidate * input * (1 - input)
      g[j] = dc * input * (1 - candidate * candidate)
      f[j] = dc * previousCell[j] * forget * (1 - forget)
      dCell[j] = dc * forget
    }
  }
}
