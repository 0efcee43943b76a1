public import UnitSteps

/// The LSTM whose gates see the cell value (Gers & Schmidhuber 2000): input and forget gate the previous one, the
/// output gate the new one. Its gates lie as i, f, g, o, its own parameters as the peepholes of i, f, o.
public enum PeepholeLSTM: UnitKernel {
  /// The gates after their nonlinearity, the new cell value `c = f · c₋ + i · g`, its tanh, and the output
  /// `h = o · tanh c`.
  public static func forward(_ step: UnitStep) {
    var i = step.gate(0)
    var f = step.gate(1)
    var g = step.gate(2)
    var o = step.gate(3)
    let previousCell = step.previousCellState(0)
    var cell = step.cellState(0)
    var cellTanh = step.saved(0)
    var hidden = step.output()
    addProduct(&i, step.parameter(0), previousCell)
    addProduct(&f, step.parameter(1), previousCell)
    applySigmoid(&i)
    applySigmoid(&f)
    applyTanh(&g)
    for j in 0..<step.count { cell[j] = multiplyAdd(f[j], previousCell[j], i[j] * g[j]) }
    addProduct(&o, step.parameter(2), cell.span)
    applySigmoid(&o)
    for j in 0..<step.count {
      let t = hyperbolicTangent(cell[j])
      cellTanh[j] = t
      hidden[j] = o[j] * t
    }
  }

  /// The gradients of the gates and of the previous cell value; a peephole's is the sum over the rows of its
  /// gate's, times the cell value that it sees.
  public static func backward(_ step: UnitStep, _ gradient: UnitGradient) {
    var i = step.gate(0)
    var f = step.gate(1)
    var g = step.gate(2)
    var o = step.gate(3)
    let previousCell = step.previousCellState(0)
    let cell = step.readCellState(0)
    let cellTanh = step.readSaved(0)
    let dHidden = gradient.output()
    var dCell = gradient.cellState(0)
    let seesInput = step.parameter(0).vector(at: 0)
    let seesForget = step.parameter(1).vector(at: 0)
    let seesOutput = step.parameter(2).vector(at: 0)
    let one = broadcast(1)
    for row in 0..<step.count / panelWidth {
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
    var dInputPeephole = gradient.parameter(0)
    var dForgetPeephole = gradient.parameter(1)
    var dOutputPeephole = gradient.parameter(2)
    Arithmetic.multiply(&dInputPeephole, i.span, previousCell)
    Arithmetic.multiply(&dForgetPeephole, f.span, previousCell)
    Arithmetic.multiply(&dOutputPeephole, o.span, cell)
  }
}

/// `x += weights · y`, with a weight for each of sixteen columns.
@inline(always) private func addProduct(
  _ x: inout MutableSpan<Float>, _ weights: Span<Float>, _ y: Span<Float>
) {
  let weights = weights.vector(at: 0)
  for row in 0..<x.count / panelWidth {
    let at = row * panelWidth
    x.store(multiplyAdd(weights, y.vector(at: at), x.vector(at: at)), at: at)
  }
}
