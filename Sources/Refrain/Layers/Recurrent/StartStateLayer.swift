/// Where the state of a recurrent layer before the first step of a pass comes from.
enum StateBeginning {
  /// The pass before left it.
  case carried
  /// It is zero.
  case zero
  /// Another layer makes it, which is told its gradient.
  case given
}

/// The state that a recurrent layer of a decoder begins with: `tanh(W s + b)` of the encoder's summary `s`.
final class StartStateLayer: Layer {
  let output: Activation
  private let decoder: CellBuffers
  private let parameters: DenseParameters
  private let addsGradient: Bool

  /// - Parameter addsGradient: true where another layer has set the summary's gradient before.
  init(
    _ decoder: CellBuffers, vectors: Int, prefix: String, summary: Activation, addsGradient: Bool,
    plan: WorkspacePlan
  ) {
    self.decoder = decoder
    self.addsGradient = addsGradient
    output = plan.activation(size: vectors * decoder.units * Panels.width)
    parameters = DenseParameters(prefix: prefix, input: summary, plan: plan)
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      parameters.multiply(into: output.values, rows: rows, pass)
      for panel in output.panels {
        var values = output.values.write(rows, panel: panel)
        pass.kernels.tanhForward(&values)
        let (matrix, place) = of(decoder.output, decoder.cellStates, panel)
        var start = matrix.write(rows, panel: place)
        pass.kernels.copy(&start, output.values.read(rows, panel: panel))
      }
    }
  }

  /// The matrix and panel of the state that panel `panel` of the output becomes.
  private func of(_ output: Panels, _ cellStates: Panels, _ panel: Int) -> (Panels, Int) {
    panel < decoder.units ? (output, panel) : (cellStates, panel - decoder.units)
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      for panel in output.panels {
        let (matrix, place) = of(decoder.dOutput, decoder.dCellStates, panel)
        var gradient = output.gradient.write(rows, panel: panel)
        pass.kernels.copy(&gradient, matrix.read(rows, panel: place))
        pass.kernels.tanhBackward(&gradient, output: output.values.read(rows, panel: panel))
      }
      parameters.inputGradient(
        from: output.gradient, rows: rows, pass, accumulate: addsGradient)
    }
  }

  var gradientCount: Int { parameters.gradientCount }

  func parameterGradient(_ item: Int, _ pass: Pass) {
    parameters.gradient(item, from: output.gradient, pass)
  }

  var transposeCount: Int { parameters.transposeCount }

  func transpose(_ item: Int, _ pass: Pass) { parameters.transpose(item, pass) }
}
