public import UnitSteps

/// The memory whose two gates and candidate see the input only (Feng et al. 2024, “Were RNNs All We Needed?”);
/// they lie as f, i and the candidate.
public enum MinLSTM: UnitKernel {
  /// `f` and `i` after their nonlinearity, and with them made to add up to one,
  /// `h = f / (f + i) · h₋ + i / (f + i) · candidate`.
  public static func forward(_ step: UnitStep) {
    var f = step.gate(0)
    var i = step.gate(1)
    let candidate = step.readGate(2)
    let previous = step.previousOutput()
    var hidden = step.output()
    applySigmoid(&f)
    applySigmoid(&i)
    // A sigmoid is never zero here, so that their sum can divide.
    for j in 0..<step.count {
      let kept = f[j] / (f[j] + i[j])
      hidden[j] = multiplyAdd(kept, previous[j] - candidate[j], candidate[j])
    }
  }

  /// The gradients of gates and candidate, and `f / (f + i) · dHidden` added to that of the previous output.
  public static func backward(_ step: UnitStep, _ gradient: UnitGradient) {
    var f = step.gate(0)
    var i = step.gate(1)
    var candidate = step.gate(2)
    let previous = step.previousOutput()
    let dHidden = gradient.output()
    var dPrevious = gradient.previousOutput()
    for j in 0..<step.count {
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
