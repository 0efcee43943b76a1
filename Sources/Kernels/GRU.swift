public import UnitSteps

/// The gated recurrent unit (Cho et al. 2014, with the reset gate after the matrix product, as cuDNN and PyTorch
/// have it). Its gates lie as n, r, z, m: `n` is the candidate's input half, `W x + b`, `m` its recurrent half,
/// `U h + b`.
public enum GRU: UnitKernel {
  /// `r`, `z` and `n = tanh(W x + b + r · (U h + b))` in their places, `m` as it was, and
  /// `h = n + z · (h₋ − n)`.
  public static func forward(_ step: UnitStep) {
    var n = step.gate(0)
    var r = step.gate(1)
    var z = step.gate(2)
    let m = step.readGate(3)
    let previous = step.previousOutput()
    var hidden = step.output()
    applySigmoid(&r)
    applySigmoid(&z)
    for j in 0..<step.count {
      let candidate = hyperbolicTangent(multiplyAdd(r[j], m[j], n[j]))
      n[j] = candidate
      hidden[j] = multiplyAdd(z[j], previous[j] - candidate, candidate)
    }
  }

  /// The gradients of the gates, and `z · dHidden` added to that of the previous output.
  public static func backward(_ step: UnitStep, _ gradient: UnitGradient) {
    var n = step.gate(0)
    var r = step.gate(1)
    var z = step.gate(2)
    var m = step.gate(3)
    let previous = step.previousOutput()
    let dHidden = gradient.output()
    var dPrevious = gradient.previousOutput()
    for j in 0..<step.count {
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
