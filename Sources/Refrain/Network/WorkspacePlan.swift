/// How much a workspace is made for.
struct WorkspacePlan {
  let steps: Int
  let batch: Int
  /// True where there will be gradients.
  let trains: Bool
  /// What products read the weights as; single precision where there will be gradients.
  let weights: WeightFormat

  /// The values between two layers that are not recurrent.
  func activation(
    size: Int, _ memory: PanelMemory, hasGradient: Bool = true
  ) -> Activation {
    Activation(
      size: size, values: memory.panels(rows: steps * batch, columns: size),
      gradient: memory.panels(rows: trains && hasGradient ? steps * batch : 0, columns: size),
      followsState: false)
  }

  /// For what comes after the last step alone.
  var lastStep: WorkspacePlan {
    WorkspacePlan(steps: 1, batch: batch, trains: trains, weights: weights)
  }

  /// The engine's layers for a network; dropout only where it is trained.
  func layers(of network: Network, _ memory: PanelMemory) -> [any Layer] {
    var layers: [any Layer] = []
    var plan = self
    var input = LayerInput.tokens(count: network.description.inputSize)
    if network.description.readsFrames {
      layers.append(FrameLayer(size: network.description.inputSize, plan: self, memory: memory))
      input = .activation(layers[0].output)
    }
    for (index, description) in network.description.layers.enumerated() {
      let new = plan.layers(description, index, input, network, memory)
      guard let last = new.last else { continue }
      layers += new
      input = .activation(last.output)
      if description.pooling != nil { plan = lastStep }
    }
    return layers
  }

  /// What a layer of the description consists of, the last of which has its output.
  private func layers(
    _ description: LayerDescription, _ index: Int, _ input: LayerInput, _ network: Network,
    _ memory: PanelMemory
  ) -> [any Layer] {
    guard case .bidirectional(let kind, let hidden) = description else {
      return layer(description, index, input, network, memory).map { [$0] } ?? []
    }
    let prefix = "layers.\(index)."
    let mirror = MirrorLayer(input: input.activation, plan: self, memory: memory)
    let backwards = recurrent(
      kind, hidden, prefix + "reverse.", .activation(mirror.output), network, memory,
      remembers: false)
    let forwards = recurrent(kind, hidden, prefix, input, network, memory, remembers: false)
    let both = BothDirectionsLayer(
      forwards.output, backwards.output, plan: self, memory: memory)
    // Going back, the mirror adds its part to what the forwards layer asks of the input.
    return [mirror, backwards, forwards, both]
  }

  /// One layer; nil where it does nothing in a network that is only used.
  private func layer(
    _ description: LayerDescription, _ index: Int, _ input: LayerInput, _ network: Network,
    _ memory: PanelMemory
  ) -> (any Layer)? {
    let prefix = "layers.\(index)."
    switch description {
    case .embedding(let size):
      return EmbeddingLayer(
        size: size, prefix: prefix, network: network, plan: self, memory: memory)
    case .recurrent(let kind, let hidden):
      return recurrent(kind, hidden, prefix, input, network, memory)
    case .dropout(let rate):
      if !trains || rate == 0 { return nil }
      return DropoutLayer(
        rate: rate, stream: index, input: input.activation, plan: self, memory: memory)
    case .noise(let deviation):
      if !trains || deviation == 0 { return nil }
      return NoiseLayer(
        deviation: deviation, stream: index, input: input.activation, plan: self, memory: memory)
    case .dense(let size, let activation, let weightDecay):
      return DenseLayer(
        size: size, activation: activation, weightDecay: weightDecay ?? 0, prefix: prefix,
        input: input.activation, network: network, plan: self, memory: memory)
    case .batchNorm:
      return BatchNormLayer(
        index: index, input: input.activation, network: network, plan: self, memory: memory)
    case .lastStep: return pooling(.last, input, memory)
    case .meanOverTime: return pooling(.mean, input, memory)
    case .maxOverTime: return pooling(.max, input, memory)
    case .bidirectional: preconditionFailure("A layer of two directions consists of several.")
    }
  }

  /// The output of a network whose last layer gives `input`.
  func head(of network: Network, input: Activation, _ memory: PanelMemory) -> any OutputHead {
    let plan = network.description.saysOnlyLast ? lastStep : self
    switch network.description.output {
    case .softmax(let size):
      return SoftmaxHead(size: size, input: input, network: network, plan: plan, memory: memory)
    case .linear(.meanSquaredError):
      return SquaredErrorHead(input: input, plan: plan, memory: memory)
    case .mixture(let components, let size, let history):
      return MixtureHead(
        components: components, size: size, history: history, input: input, network: network,
        plan: plan, memory: memory)
    }
  }

  private func pooling(
    _ pooling: StepPooling, _ input: LayerInput, _ memory: PanelMemory
  ) -> any Layer {
    PoolingLayer(pooling, input: input.activation, plan: self, memory: memory)
  }

  /// - Parameter remembers: whether the state is kept from one batch to the next.
  private func recurrent(
    _ kind: CellKind, _ hidden: Int, _ prefix: String, _ input: LayerInput, _ network: Network,
    _ memory: PanelMemory, remembers: Bool = true
  ) -> any Layer {
    guard let unit = try? RecurrentUnit(kind, cells: network.cells) else {
      preconditionFailure("The network was made with a unit that is not known: \(kind).")
    }
    let parameters = RecurrentParameters(
      unit, prefix: prefix, hidden: hidden, network: network, input: input, plan: self,
      memory: memory)
    func layer<Operations: CellOperations>(_ operations: Operations) -> any Layer {
      RecurrentLayer(
        unit, hidden: hidden, input: input, parameters: parameters, operations: operations,
        remembers: remembers, plan: self, memory: memory)
    }
    switch kind {
    case .rnn: return layer(RNNOperations())
    case .lstm: return layer(LSTMOperations())
    case .gru: return layer(GRUOperations())
    case .peepholeLSTM: return layer(PeepholeLSTMOperations(peepholes: parameters.own))
    case .coupledLSTM: return layer(CoupledLSTMOperations())
    case .minGRU: return layer(MinGRUOperations())
    case .minLSTM: return layer(MinLSTMOperations())
    case .custom:
      guard let cell = unit.custom else { preconditionFailure("A unit of the user's has a cell.") }
      return layer(
        CustomCellOperations(cell: cell, hidden: hidden, parameters: parameters.own))
    }
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
