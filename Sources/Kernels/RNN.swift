public import UnitSteps

/// The simple recurrent unit (Elman 1990): `h = tanh(W x + U h₋ + b)`.
public enum RNN: UnitKernel {
  /// From the sums, the output.
  public static func forward(_ step: UnitStep) {
    let sums = step.readGate(0)
    var hidden = step.output()
    for j in 0..<step.count { hidden[j] = hyperbolicTangent(sums[j]) }
  }

  /// The gradient of the sums.
  public static func backward(_ step: UnitStep, _ gradient: UnitGradient) {
    var sums = step.gate(0)
    let hidden = step.readOutput()
    let dHidden = gradient.output()
    for j in 0..<step.count { sums[j] = dHidden[j] * (1 - hidden[j] * hidden[j]) }
  }
}
