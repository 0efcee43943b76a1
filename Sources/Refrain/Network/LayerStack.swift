/// Makes the engine's layers for a decoder: what its recurrent layers begin with, and its layers, one of which
/// may look at all that the encoder said.
struct DecoderPlan {
  private let plan: WorkspacePlan
  /// The encoder's layers.
  private let encoder: [PlacedLayer]
  private let layerPlan: LayerPlan

  init(_ plan: WorkspacePlan, encoder: [PlacedLayer]) {
    self.plan = plan
    self.encoder = encoder
    layerPlan = LayerPlan(plan, prefix: "layers.", section: .steps)
  }

  private var description: ModelDescription { plan.network.description }

  private var encoded: Activation {
    guard let last = encoder.last else { preconditionFailure("An encoder has a layer.") }
    return last.layer.output
  }

  private var looksAtSteps: Bool {
    description.layers.contains {
      if case .attention = $0 { return true }
      return false
    }
  }

  /// All layers: the encoder's, those that read its summary, the decoder's.
  func layers() -> [PlacedLayer] {
    var before = encoder
    var summary = encoded
    if description.encoder?.saysOnlyLast == false {
      // Going back, the attention has asked the encoder first.
      let mean = PoolingLayer(.mean, input: summary, addsGradient: looksAtSteps, plan: plan.source)
      before.append(PlacedLayer(layer: mean, section: .encoder))
      summary = mean.output
    }
    var readers: [any Layer] = []
    var decoder: [any Layer] = []
    var input = LayerInput.tokens(count: description.inputSize)
    if let reader = layerPlan.reader(of: description.input) {
      decoder.append(reader)
      input = .activation(reader.output)
    }
    // Going back, the last of those that read the summary comes first; the others add to its gradient.
    let last = description.layers.lastIndex(where: \.readsSummary)
    for (index, layer) in description.layers.enumerated() {
      let new: (any Layer)?
      switch layer {
      case .recurrent(let kind, let hidden):
        let recurrent = layerPlan.recurrent(
          kind, hidden, "layers.\(index).", input, beginning: .given)
        readers.append(start(of: recurrent, index, summary, addsGradient: index != last))
        new = recurrent
      case .repeatOverTime:
        let repeated = DenseLayer(
          size: input.activation.size, prefix: "layers.\(index).", input: summary,
          addsGradient: index != last, plan: plan.oneStep)
        readers.append(repeated)
        new = RepeatLayer(input: input.activation, repeated: repeated.output, plan: plan)
      case .attention(let size):
        new = AttentionLayer(
          size: size, prefix: "layers.\(index).", input: input.activation, source: encoded,
          plan: plan)
      default: new = layerPlan.layer(layer, index, input)
      }
      guard let new else { continue }
      decoder.append(new)
      input = .activation(new.output)
    }
    return before + readers.map { PlacedLayer(layer: $0, section: .summary) }
      + decoder.map { PlacedLayer(layer: $0, section: .steps) }
  }

  private func start(
    of layer: any RecurrentEngine, _ index: Int, _ summary: Activation, addsGradient: Bool
  ) -> any Layer {
    StartStateLayer(
      layer.initialState, vectors: layer.memory?.vectors ?? 1, prefix: "layers.\(index).start.",
      summary: summary, addsGradient: addsGradient, plan: plan.oneStep)
  }
}

extension LayerDescription {
  /// True for a layer of a decoder that reads the encoder's summary.
  fileprivate var readsSummary: Bool {
    switch self {
    case .recurrent, .repeatOverTime: return true
    default: return false
    }
  }
}
