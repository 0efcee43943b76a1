/// A causal convolution over time: `activation(b + Σⱼ Wⱼ x₋ⱼ)`, where `x₋ⱼ` was read `j · dilation` steps
/// before, plus `x` where it is residual.
final class ConvolutionLayer: Layer {
  let output: Activation
  let state: (any LayerState)?
  /// What the activation gives: the output, or what the input is added to.
  private let activated: Activation
  private let input: Activation
  private let earlier: ConvolutionState
  private let parameters: ConvolutionParameters
  private let width: Int
  private let activation: LayerDescription.ActivationFunction
  private let isResidual: Bool

  init(_ kind: Convolution, _ site: LayerSite) {
    let plan = site.plan
    input = site.input.activation
    width = kind.width
    activation = kind.activation
    isResidual = kind.isResidual
    output = plan.activation(size: kind.size)
    activated = isResidual ? plan.activation(size: kind.size) : output
    parameters = ConvolutionParameters(prefix: site.prefix, input: input, plan: plan)
    earlier = ConvolutionState(
      width: width, dilation: kind.dilation, isKept: site.section != .encoder, input: input,
      plan: plan)
    state = earlier.stepsBack > 0 ? earlier : nil
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    if pass.hasStarts && width > 1 {
      earlier.findStarts(pass, share)
      // Elsewhere a thread's sequences are its own.
      if !pass.dividesSequences { share.meet() }
    }
    for rows in RowPieces(pass, share) {
      for tap in 0..<width {
        earlier.forEachEarlier(rows, back: earlier.back(tap), pass) { isInHistory, first, rows in
          let source = isInHistory ? earlier.history : input.values
          let first = isInHistory ? first : input.rows(first..<first, pass).lowerBound
          parameters.multiply(
            into: activated.values, rows: rows, tap: tap, source, first: first, pass)
        }
      }
      activation.apply(to: activated, rows: rows, pass)
      if isResidual { addInput(rows, pass) }
    }
  }

  private func addInput(_ rows: Range<Int>, _ pass: Pass) {
    for panel in output.panels {
      var values = output.values.write(rows, panel: panel)
      pass.kernels.copy(&values, activated.values.read(rows, panel: panel))
      pass.kernels.addScaled(
        &values, input.values.read(input.rows(rows, pass), panel: panel), factor: 1)
    }
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      if isResidual {
        for panel in output.panels {
          var gradient = activated.gradient.write(rows, panel: panel)
          pass.kernels.copy(&gradient, output.gradient.read(rows, panel: panel))
        }
      }
      activation.applyGradient(to: activated, rows: rows, pass)
    }
    if !input.hasGradient { return }
    // Later steps add to an input's gradient, too.
    if !pass.dividesSequences { share.meet() }
    for rows in RowPieces(pass, share) {
      for tap in 0..<width {
        earlier.forEachLater(rows, back: earlier.back(tap), pass) { first, rows in
          parameters.inputGradient(rows, tap: tap, from: activated.gradient, first: first, pass)
        }
      }
      if !isResidual { continue }
      for panel in output.panels {
        var gradient = input.gradient.write(input.rows(rows, pass), panel: panel)
        pass.kernels.addScaled(&gradient, output.gradient.read(rows, panel: panel), factor: 1)
      }
    }
  }

  var gradientCount: Int { parameters.gradientCount }

  func parameterGradient(_ item: Int, _ pass: Pass) {
    parameters.gradient(item, from: activated.gradient, earlier, pass)
  }

  var transposeCount: Int { parameters.transposeCount }

  func transpose(_ item: Int, _ pass: Pass) { parameters.transpose(item, pass) }
}
