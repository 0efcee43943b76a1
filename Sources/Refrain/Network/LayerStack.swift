/// Makes the engine's layers for layers of a description that stand one on the other.
struct LayerStack {
  let plan: WorkspacePlan
  /// What the names of their parameters begin with.
  let prefix: String
  /// The part of a pass that the first belongs to.
  let section: Section
  /// What an encoder has made, for its decoder.
  var encoder: (encoded: Activation, summary: Activation)?

  /// All layers, first to last.
  func layers(
    _ descriptions: [LayerDescription], reading: ModelDescription.Input
  ) -> [PlacedLayer] {
    var placed: [PlacedLayer] = []
    var input = LayerInput.tokens(count: reading.size)
    if reading.isFrames {
      let frames = FrameLayer(size: reading.size, plan: plan)
      placed.append(PlacedLayer(layer: frames, section: section))
      input = .activation(frames.output)
    }
    var (plan, section) = (plan, section)
    let lastReader = descriptions.lastIndex { $0.has(.readsSummary) }
    for (index, description) in descriptions.enumerated() {
      let site = LayerSite(
        plan: plan, section: section, stack: prefix, index: index, input: input,
        readsFrames: index == 0 && reading.isFrames,
        next: index + 1 < descriptions.count ? descriptions[index + 1] : nil,
        encoder: encoder.map {
          EncoderOutput(
            encoded: $0.encoded, summary: $0.summary, isLastReader: index == lastReader)
        })
      let new = description.kind.engineLayers(site)
      placed += new
      if let last = new.last { input = .activation(last.layer.output) }
      if description.makesOneStep {
        plan = plan.oneStep
        section = section == .encoder ? .summary : .lastStep
      }
    }
    return placed
  }
}

extension LayerStack {
  /// All layers of a network: the encoder's, those that read its summary, then the network's own.
  static func all(of description: ModelDescription, _ plan: WorkspacePlan) -> [PlacedLayer] {
    var own = LayerStack(plan: plan, prefix: "layers.", section: .steps)
    guard let encoder = description.encoder else {
      return own.layers(description.layers, reading: description.input)
    }
    var before = LayerStack(plan: plan.source, prefix: "encoder.", section: .encoder)
      .layers(encoder.layers, reading: encoder.input)
    guard let encoded = before.last?.layer.output else {
      preconditionFailure("An encoder has a layer.")
    }
    var summary = encoded
    if !encoder.predictsOnlyLast {
      // Going back, the attention has set the encoder's gradient first.
      let mean = PoolingLayer(
        .mean, input: encoded,
        addsGradient: description.layers.contains { $0.has(.readsEncodedSteps) },
        plan: plan.source)
      before.append(PlacedLayer(layer: mean, section: .encoder))
      summary = mean.output
    }
    own.encoder = (encoded, summary)
    let layers = own.layers(description.layers, reading: description.input)
    return before + layers.filter { $0.section == .summary }
      + layers.filter { $0.section != .summary }
  }
}
