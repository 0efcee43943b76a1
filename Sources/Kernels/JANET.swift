public import UnitSteps

/// The unit with a forget gate only (van der Westhuizen & Lasenby 2018, “The unreasonable effectiveness of the
/// forget gate”), which takes in new values less readily than it keeps old ones. Its gates lie as f and the
/// candidate.
public enum JANET: UnitKernel {
  /// The paper's β.
  private static let shift: Float = 1

  /// `f = σ(s)` and `g = tanh a` in the places of their sums, the share of the candidate `i = 1 − σ(s − β)`, and
  /// `h = f · h₋ + i · g`.
  public static func forward(_ step: UnitStep) {
    var f = step.gate(0)
    var g = step.gate(1)
    let previous = step.previousOutput()
    var taken = step.saved(0)
    var hidden = step.output()
    for j in 0..<step.count { taken[j] = sigmoid(shift - f[j]) }
    applySigmoid(&f)
    applyTanh(&g)
    for j in 0..<step.count { hidden[j] = multiplyAdd(f[j], previous[j], taken[j] * g[j]) }
  }

  /// The gradients of the sums, and `f · dHidden` added to that of the previous output.
  public static func backward(_ step: UnitStep, _ gradient: UnitGradient) {
    var f = step.gate(0)
    var g = step.gate(1)
    let previous = step.previousOutput()
    let taken = step.readSaved(0)
    let dHidden = gradient.output()
    var dPrevious = gradient.previousOutput()
    for j in 0..<step.count {
      let forget = f[j]
      let candidate = g[j]
      let input = taken[j]
      let d = dHidden[j]
      let kept = previous[j] * forget * (1 - forget)
      f[j] = d * (kept - candidate * input * (1 - input))
      g[j] = d * input * (1 - candidate * candidate)
      dPrevious[j] = multiplyAdd(d, forget, dPrevious[j])
    }
  }
}
