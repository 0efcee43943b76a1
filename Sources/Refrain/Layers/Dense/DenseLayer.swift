/// A fully connected layer: `activation(W x + b)` for every row.
final class DenseLayer: Layer {
  let output: Activation
  let parameters: DenseParameters
  private let activation: LayerDescription.ActivationFunction
  private let weightDecay: Float
  private let addsGradient: Bool

  /// - Parameter addsGradient: true where another layer has set the gradient of the one below before.
  init(
    _ kind: Dense, prefix: String, input: Activation, addsGradient: Bool = false,
    plan: WorkspacePlan
  ) {
    weightDecay = kind.weightDecay
    activation = kind.activation
    self.addsGradient = addsGradient
    output = plan.activation(size: kind.size)
    parameters = DenseParameters(prefix: prefix, input: input, plan: plan)
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      parameters.multiply(into: output.values, rows: rows, pass)
      activation.apply(to: output, rows: rows, pass)
    }
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      activation.applyGradient(to: output, rows: rows, pass)
      parameters.inputGradient(
        from: output.gradient, rows: rows, pass, accumulate: addsGradient)
    }
  }

  var gradientCount: Int { parameters.gradientCount }

  func parameterGradient(_ item: Int, _ pass: Pass) {
    parameters.gradient(item, from: output.gradient, pass, weightDecay: weightDecay)
  }

  var transposeCount: Int { parameters.transposeCount }

  func transpose(_ item: Int, _ pass: Pass) { parameters.transpose(item, pass) }
}
