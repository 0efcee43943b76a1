extension Arithmetic {
  /// The LSTM whose gates see the cell value, for one panel of units over some rows (Gers & Schmidhuber
  /// 2000): input and forget gate the previous one, the output gate the new one.
  ///
  /// In: the four gates before their nonlinearity without what they see of the cell,
  /// `W x + U h + b`, and the previous cell value. Out: the gates after it, the new cell value
  /// `c = f · c₋ + i · g`, its tanh, and the output `h = o · tanh c`. A peephole holds a weight for each of
  /// the sixteen units, every other span `[rows, 16]`.
  public static func peepholeLSTMForward(
    input i: inout MutableSpan<Float>, forget f: inout MutableSpan<Float>,
    candidate g: inout MutableSpan<Float>, output o: inout MutableSpan<Float>,
    inputPeephole: Span<Float>, forgetPeephole: Span<Float>, outputPeephole: Span<Float>,
    previousCell: Span<Float>, cell: inout MutableSpan<Float>,
    cellTanh: inout MutableSpan<Float>, hidden: inout MutableSpan<Float>
  ) {
    let count = hidden.count
    precondition(i.count == count && f.count == count, "gates and output must be equally long")
    precondition(g.count == count && o.count == count, "gates and output must be equally long")
    precondition(previousCell.count == count, "cell values and output must be equally long")
    precondition(cell.count == count && cellTanh.count == count, "cell and output must match")
    addProduct(&i, inputPeephole, previousCell)
    addProduct(&f, forgetPeephole, previousCell)
    applySigmoid(&i)
    applySigmoid(&f)
    applyTanh(&g)
    for j in 0..<count { cell[j] = multiplyAdd(f[j], previousCell[j], i[j] * g[j]) }
    addProduct(&o, outputPeephole, cell.span)
    applySigmoid(&o)
    for j in 0..<count {
      let t = hyperbolicTangent(cell[j])
      cellTanh[j] = t
      hidden[j] = o[j] * t
    }
  }

  /// The gradient of `peepholeLSTMForward`.
  ///
  /// In: the gates after their nonlinearity, `dHidden`, and in `dCell` what the next step asks of the
  /// cell value. Out: the gradients before the nonlinearity, in the gates' place, and in `dCell` what
  /// this step asks of the previous cell value. A peephole's gradient is the sum over the rows of its
  /// gate's, times the cell value that it sees.
  public static func peepholeLSTMBackward(
    input i: inout MutableSpan<Float>, forget f: inout MutableSpan<Float>,
    candidate g: inout MutableSpan<Float>, output o: inout MutableSpan<Float>,
    inputPeephole: Span<Float>, forgetPeephole: Span<Float>, outputPeephole: Span<Float>,
    previousCell: Span<Float>, cellTanh: Span<Float>, dHidden: Span<Float>,
    dCell: inout MutableSpan<Float>
  ) {
    let count = dHidden.count
    precondition(i.count == count && f.count == count, "gates and gradient must be equally long")
    precondition(g.count == count && o.count == count, "gates and gradient must be equally long")
    precondition(previousCell.count == count && cellTanh.count == count, "cell values must match")
    precondition(dCell.count == count, "cell and output gradients must be equally long")
    let seesInput = peephole(inputPeephole)
    let seesForget = peephole(forgetPeephole)
    let seesOutput = peephole(outputPeephole)
    let one = broadcast(1)
    for row in 0..<count / panelWidth {
      let at = row * panelWidth
      let input = i.vector(at: at)
      let forget = f.vector(at: at)
      let candidate = g.vector(at: at)
      let output = o.vector(at: at)
      let t = cellTanh.vector(at: at)
      let d = dHidden.vector(at: at)
      // The output gate first: a part of the cell value's gradient comes through it.
      let dOutput = d * t * output * (one - output)
      var dc = multiplyAdd(d * output, one - t * t, dCell.vector(at: at))
      dc = multiplyAdd(dOutput, seesOutput, dc)
      let dInput = dc * candidate * input * (one - input)
      let dForget = dc * previousCell.vector(at: at) * forget * (one - forget)
      i.store(dInput, at: at)
      f.store(dForget, at: at)
      g.store(dc * input * (one - candidate * candidate), at: at)
      o.store(dOutput, at: at)
      let through = multiplyAdd(dInput, seesInput, dForget * seesForget)
      dCell.store(multiplyAdd(dc, forget, through), at: at)
    }
  }
}

/// `x += weights · y`, with a weight for each of sixteen columns.
@inline(always) private func addProduct(
  _ x: inout MutableSpan<Float>, _ weights: Span<Float>, _ y: Span<Float>
) {
  let weights = peephole(weights)
  for row in 0..<x.count / panelWidth {
    let at = row * panelWidth
    x.store(multiplyAdd(weights, y.vector(at: at), x.vector(at: at)), at: at)
  }
}

@inline(always) private func peephole(_ weights: Span<Float>) -> Vector {
  precondition(weights.count == panelWidth, "a peephole has a weight for each unit")
  return weights.vector(at: 0)
}
