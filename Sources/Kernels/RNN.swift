extension Arithmetic {
  /// The simple recurrent unit (Elman 1990): `h = tanh(W x + U h₋ + b)`; spans of `[rows, 16]`.
  public static func rnnForward(
    preactivation: Span<Float>, hidden: inout MutableSpan<Float>
  ) {
    let count = hidden.count
    precondition(preactivation.count == count, "gate and output must be equally long")
    for j in 0..<count { hidden[j] = hyperbolicTangent(preactivation[j]) }
  }

  /// The gradient of ``rnnForward(preactivation:hidden:)``, before the nonlinearity.
  public static func rnnBackward(
    hidden: Span<Float>, dHidden: Span<Float>, dPreactivation: inout MutableSpan<Float>
  ) {
    let count = dHidden.count
    precondition(hidden.count == count, "output and gradient must be equally long")
    precondition(dPreactivation.count == count, "gate and output gradients must be equally long")
    for j in 0..<count { dPreactivation[j] = dHidden[j] * (1 - hidden[j] * hidden[j]) }
  }
}
