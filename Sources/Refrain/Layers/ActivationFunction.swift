extension LayerDescription.ActivationFunction {
  /// The sums in rows `rows` of a layer's values become what the activation makes of them.
  func apply(to output: Activation, rows: Range<Int>, _ pass: Pass) {
    if self == .linear { return }
    for panel in output.panels {
      var values = output.values.write(rows, panel: panel)
      switch self {
      case .linear: break
      case .tanh: pass.kernels.tanhForward(&values)
      case .relu: pass.kernels.reluForward(&values)
      }
    }
  }

  /// The gradient of those values becomes that of the sums.
  func applyGradient(to output: Activation, rows: Range<Int>, _ pass: Pass) {
    if self == .linear { return }
    for panel in output.panels {
      var gradient = output.gradient.write(rows, panel: panel)
      let values = output.values.read(rows, panel: panel)
      switch self {
      case .linear: break
      case .tanh: pass.kernels.tanhBackward(&gradient, output: values)
      case .relu: pass.kernels.reluBackward(&gradient, output: values)
      }
    }
  }
}
