public import UnitSteps

/// The gated recurrent unit whose gate and candidate see the input only (Feng et al. 2024, “Were RNNs All We
/// Needed?”); they lie as z and the candidate.
public enum MinGRU: UnitKernel {
  /// `z` after its nonlinearity, and `h = (1 − z) · h₋ + z · candidate`.
  public static func forward(_ step: UnitStep) {
    var z = step.gate(0)
    let candidate = step.readGate(1)
    let previous = step.previousOutput()
    var hidden = step.output()
    applySigmoid(&z)
    for j in 0..<step.count {
      hidden[j] = multiplyAdd(z[j], candidate[j] - previous[j], previous[j])
    }
  }

  /// The gradients of gate and candidate, and `(1 − z) · dHidden` added to that of the previous output.
  public static func backward(_ step: UnitStep, _ gradient: UnitGradient) {
    var z = step.gate(0)
    var candidate = step.gate(1)
    let previous = step.previousOutput()
    let dHidden = gradient.output()
    var dPrevious = gradient.previousOutput()
    for j in 0..<step.count {
      let update = z[j]
      let d = dHidden[j]
      z[j] = d * (candidate[j] - previous[j]) * update * (1 - update)
      candidate[j] = d * update
      dPrevious[j] = multiplyAdd(d, 1 - update, dPrevious[j])
    }
  }
}
