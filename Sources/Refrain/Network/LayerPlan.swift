/// A layer of the engine, and the part of a pass that it belongs to.
struct PlacedLayer {
  let layer: any Layer
  let section: Section
}

/// Makes the engine's layers for layers of a description that stand one on the other.
struct LayerPlan {
  private let plan: WorkspacePlan
  private let network: Network
  private let memory: PanelMemory
  /// What the names of their parameters begin with.
  private let prefix: String
  private let section: Section

  init(
    _ plan: WorkspacePlan, _ network: Network, _ memory: PanelMemory, prefix: String,
    section: Section
  ) {
    self.plan = plan
    self.network = network
    self.memory = memory
    self.prefix = prefix
    self.section = section
  }

  /// What reads the frames themselves; nil where tokens are read.
  func reader(of input: ModelDescription.Input) -> (any Layer)? {
    input.isFrames ? FrameLayer(size: input.size, plan: plan, memory: memory) : nil
  }

  /// All layers, first to last.
  func layers(
    _ descriptions: [LayerDescription], reading: ModelDescription.Input
  ) -> [PlacedLayer] {
    var placed: [PlacedLayer] = []
    var input = LayerInput.tokens(count: reading.size)
    if let reader = reader(of: reading) {
      placed.append(PlacedLayer(layer: reader, section: section))
      input = .activation(reader.output)
    }
    var current = self
    for (index, description) in descriptions.enumerated() {
      let new = current.layers(description, index, input)
      guard let last = new.last else { continue }
      placed += new.map { PlacedLayer(layer: $0, section: current.section) }
      input = .activation(last.output)
      if description.pooling != nil {
        current = LayerPlan(
          plan.oneStep, network, memory, prefix: prefix,
          section: section == .encoder ? .summary : .lastStep)
      }
    }
    return placed
  }

  /// What a layer of the description consists of, the last of which has its output.
  private func layers(
    _ description: LayerDescription, _ index: Int, _ input: LayerInput
  ) -> [any Layer] {
    guard case .bidirectional(let kind, let hidden) = description else {
      return layer(description, index, input).map { [$0] } ?? []
    }
    let prefix = prefix + "\(index)."
    let mirror = MirrorLayer(input: input.activation, plan: plan, memory: memory)
    let backwards = recurrent(
      kind, hidden, prefix + "reverse.", .activation(mirror.output), beginning: .zero)
    let forwards = recurrent(kind, hidden, prefix, input, beginning: .zero)
    let both = BothDirectionsLayer(
      forwards.output, backwards.output, plan: plan, memory: memory)
    // Going back, the mirror adds its part to what the forwards layer asks of the input.
    return [mirror, backwards, forwards, both]
  }

  /// One layer; nil where it does nothing in a network that is only used.
  func layer(
    _ description: LayerDescription, _ index: Int, _ input: LayerInput
  ) -> (any Layer)? {
    let prefix = prefix + "\(index)."
    // An encoder's layers draw random numbers of their own.
    let stream = index + (section == .encoder || section == .summary ? 1 << 16 : 0)
    switch description {
    case .embedding(let size):
      return EmbeddingLayer(
        size: size, prefix: prefix, network: network, plan: plan, memory: memory)
    case .recurrent(let kind, let hidden):
      return recurrent(
        kind, hidden, prefix, input, beginning: section == .encoder ? .zero : .carried)
    case .dropout(let rate):
      if !plan.trains || rate == 0 { return nil }
      return DropoutLayer(
        rate: rate, stream: stream, input: input.activation, plan: plan, memory: memory)
    case .noise(let deviation):
      if !plan.trains || deviation == 0 { return nil }
      return NoiseLayer(
        deviation: deviation, stream: stream, input: input.activation, plan: plan,
        memory: memory)
    case .dense(let size, let activation, let weightDecay):
      return DenseLayer(
        size: size, activation: activation, weightDecay: weightDecay ?? 0, prefix: prefix,
        input: input.activation, network: network, plan: plan, memory: memory)
    case .convolution(let size, let width, let dilation, let activation, let isResidual):
      return ConvolutionLayer(
        size: size, width: width, dilation: dilation, activation: activation,
        isResidual: isResidual, remembers: section != .encoder, prefix: prefix,
        input: input.activation, network: network, plan: plan, memory: memory)
    case .layerNorm:
      return LayerNormLayer(
        prefix: prefix, input: input.activation, network: network, plan: plan, memory: memory)
    case .batchNorm:
      return BatchNormLayer(
        prefix: prefix, input: input.activation, network: network, plan: plan, memory: memory)
    case .lastStep: return pooling(.last, input)
    case .meanOverTime: return pooling(.mean, input)
    case .maxOverTime: return pooling(.max, input)
    case .bidirectional, .attention, .repeatOverTime:
      preconditionFailure("This layer consists of several, or belongs to a decoder.")
    }
  }

  private func pooling(_ pooling: StepPooling, _ input: LayerInput) -> any Layer {
    PoolingLayer(pooling, input: input.activation, plan: plan, memory: memory)
  }

  /// A layer of recurrent units, whose state before the first step comes from where `beginning` says.
  func recurrent(
    _ kind: CellKind, _ hidden: Int, _ prefix: String, _ input: LayerInput,
    beginning: StateBeginning
  ) -> any RecurrentEngine {
    guard let unit = try? RecurrentUnit(kind, cells: network.cells) else {
      preconditionFailure("The network was made with a unit that is not known: \(kind).")
    }
    let parameters = RecurrentParameters(
      unit, prefix: prefix, hidden: hidden, network: network, input: input, plan: plan,
      memory: memory)
    func layer<Operations: CellOperations>(_ operations: Operations) -> any RecurrentEngine {
      RecurrentLayer(
        unit, hidden: hidden, input: input, parameters: parameters, operations: operations,
        beginning: beginning, plan: plan, memory: memory)
    }
    if case .cell(let cell) = unit.code {
      return layer(CustomCellOperations(cell: cell, hidden: hidden))
    }
    guard let kernel = unit.kernel(plan.kernels) else {
      preconditionFailure("A built-in unit has a kernel.")
    }
    if unit.rounds == 0 { return layer(KernelOperations(kernel: kernel)) }
    return MogrifierLayer(
      unit, kernel: kernel, hidden: hidden, prefix: prefix, input: input.activation,
      parameters: parameters, beginning: beginning, network: network, plan: plan, memory: memory)
  }
}

extension LayerInput {
  /// The values of the layer below, for layers that cannot read tokens; descriptions see to it.
  var activation: Activation {
    guard case .activation(let activation) = self else {
      preconditionFailure(
        "This layer cannot read tokens; the description should have been refused.")
    }
    return activation
  }
}
