/// Lets every step of a decoder know the encoder's summary: to its values is added what a dense layer makes
/// of that.
public struct RepeatOverTime: LayerConvertible {
  /// The layer it stands for.
  public let layer = LayerDescription.repeatOverTime
  /// The summary at every step.
  public init() {}
}

extension RepeatOverTime: LayerKind {
  var inWords: String { "the encoder's summary at every step" }
  var traits: LayerTraits { [.needsEncoder, .readsSummary] }

  func parameters(_ place: LayerPlace) -> [ParameterTensor] {
    .dense(inputs: place.encoded ?? 0, outputs: place.inputs)
  }

  func cost(_ parameters: [ParameterTensor], _ place: LayerPlace) -> LayerCost {
    LayerCost(perSequence: parameters.multiplications)
  }

  func engineLayers(_ site: LayerSite) -> [PlacedLayer] {
    guard let encoder = site.encoder else { preconditionFailure("Only a decoder has a summary.") }
    let input = site.input.activation
    let repeated = DenseLayer(
      Dense(input.size), prefix: site.prefix, input: encoder.summary,
      addsGradient: !encoder.isLastReader, plan: site.plan.oneStep)
    return [
      PlacedLayer(layer: repeated, section: .summary),
      site.place(RepeatLayer(input: input, repeated: repeated.output, plan: site.plan)),
    ]
  }
}

/// To each step's values is added one row of each sequence, the same at all steps.
final class RepeatLayer: Layer {
  let output: Activation
  private let input: Activation
  private let repeated: Activation

  /// - Parameter repeated: a row per sequence, as large as the input's.
  init(input: Activation, repeated: Activation, plan: WorkspacePlan) {
    self.input = input
    self.repeated = repeated
    output = plan.activation(size: input.size)
  }

  private func forEach(
    _ pass: Pass, _ share: ThreadShare, _ body: (_ step: StepRows, _ panel: Int) -> Void
  ) {
    for part in pass.groups.parts(of: share.part(of: pass.batch)) {
      for t in 0..<pass.steps {
        for panel in output.panels { body(part.step(t), panel) }
      }
    }
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    forEach(pass, share) { step, panel in
      var values = output.values.write(step.rows, panel: panel)
      pass.kernels.copy(&values, input.values.read(input.rows(step.rows, pass), panel: panel))
      pass.kernels.addScaled(
        &values, repeated.values.read(step.sequences, panel: panel), factor: 1)
    }
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {
    for panel in output.panels {
      for part in pass.groups.parts(of: share.part(of: pass.batch)) {
        var sum = repeated.gradient.write(part.sequences, panel: panel)
        pass.kernels.clear(&sum)
      }
    }
    forEach(pass, share) { step, panel in
      let own = output.gradient.read(step.rows, panel: panel)
      var sum = repeated.gradient.write(step.sequences, panel: panel)
      pass.kernels.addScaled(&sum, own, factor: 1)
      if !input.hasGradient { return }
      var gradient = input.gradient.write(input.rows(step.rows, pass), panel: panel)
      pass.kernels.copy(&gradient, own)
    }
  }
}
