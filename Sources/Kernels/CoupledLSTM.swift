public import UnitSteps

/// The LSTM whose input gate is what the forget gate leaves (Greff et al. 2017); its gates lie as f, g, o.
public enum CoupledLSTM: UnitKernel {
  /// The gates after their nonlinearity, the new cell value `c = f · c₋ + (1 − f) · g`, its tanh, and the output
  /// `h = o · tanh c`.
  public static func forward(_ step: UnitStep) {
    var f = step.gate(0)
    var g = step.gate(1)
    var o = step.gate(2)
    let previousCell = step.previousCellState(0)
    var cell = step.cellState(0)
    var cellTanh = step.saved(0)
    var hidden = step.output()
    applySigmoid(&f)
    applyTanh(&g)
    applySigmoid(&o)
    for j in 0..<step.count {
      let c = multiplyAdd(f[j], previousCell[j] - g[j], g[j])
      let t = hyperbolicTangent(c)
      cell[j] = c
      cellTanh[j] = t
      hidden[j] = o[j] * t
    }
  }

  /// The gradients of the gates and of the previous cell value.
  public static func backward(_ step: UnitStep, _ gradient: UnitGradient) {
    var f = step.gate(0)
    var g = step.gate(1)
    var o = step.gate(2)
    let previousCell = step.previousCellState(0)
    let cellTanh = step.readSaved(0)
    let dHidden = gradient.output()
    var dCell = gradient.cellState(0)
    for j in 0..<step.count {
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
