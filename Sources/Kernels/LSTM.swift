public import UnitSteps

/// Long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000); its gates
/// lie as i, f, g, o.
public enum LSTM: UnitKernel {
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
    // Short loops: one loop for everything would wait for its own long chain of operations.
    applySigmoid(&i)
    applySigmoid(&f)
    applyTanh(&g)
    applySigmoid(&o)
    for j in 0..<step.count {
      let c = multiplyAdd(f[j], previousCell[j], i[j] * g[j])
      let t = hyperbolicTangent(c)
      cell[j] = c
      cellTanh[j] = t
      hidden[j] = o[j] * t
    }
  }

  /// The gradients of the gates and of the previous cell value.
  public static func backward(_ step: UnitStep, _ gradient: UnitGradient) {
    var i = step.gate(0)
    var f = step.gate(1)
    var g = step.gate(2)
    var o = step.gate(3)
    let previousCell = step.previousCellState(0)
    let cellTanh = step.readSaved(0)
    let dHidden = gradient.output()
    var dCell = gradient.cellState(0)
    for j in 0..<step.count {
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
