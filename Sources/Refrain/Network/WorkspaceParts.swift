/// What a workspace is made of. Making it takes all of the workspace's memory, or in an arena that counts, says
/// how much that is.
struct WorkspaceParts {
  let layers: [PlacedLayer]
  let head: any OutputHead
  let rows: BatchRows
  /// What an encoder reads, for a network that has one.
  let sourceRows: BatchRows?
  /// For a network whose output follows whole sequences.
  let lastStep: LastStepRows?

  init(_ plan: WorkspacePlan) {
    let description = plan.network.description
    layers = plan.layers()
    guard let last = layers.last else { preconditionFailure("A network has at least one layer.") }
    head = plan.head(input: last.layer.output)
    rows = BatchRows(plan, looksAhead: description.looksAhead)
    sourceRows = description.encoder.map {
      BatchRows(plan.source, looksAhead: $0.looksAhead, isSource: true)
    }
    lastStep = description.saysOnlyLast ? LastStepRows(plan) : nil
  }
}

extension WorkspacePlan {
  /// The engine's layers; dropout only where it is trained.
  fileprivate func layers() -> [PlacedLayer] {
    let description = network.description
    guard let encoder = description.encoder else {
      return LayerPlan(self, prefix: "layers.", section: .steps)
        .layers(description.layers, reading: description.input)
    }
    let read = LayerPlan(source, prefix: "encoder.", section: .encoder)
      .layers(encoder.layers, reading: encoder.input)
    return DecoderPlan(self, encoder: read).layers()
  }

  /// The output of a network whose last layer gives `input`.
  fileprivate func head(input: Activation) -> any OutputHead {
    let plan = network.description.saysOnlyLast ? oneStep : self
    switch network.description.output {
    case .softmax(let size): return SoftmaxHead(size: size, input: input, plan: plan)
    case .linear(.meanSquaredError): return SquaredErrorHead(input: input, plan: plan)
    case .mixture(let components, let size, let history):
      return MixtureHead(
        components: components, size: size, history: history, input: input, plan: plan)
    case .labels(let size): return LabelsHead(size: size, input: input, plan: plan)
    }
  }
}
