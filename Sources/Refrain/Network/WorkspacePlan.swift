/// How much a workspace is made for.
struct WorkspacePlan {
  let steps: Int
  let batch: Int
  /// True where there will be gradients.
  let trains: Bool
  /// What products read the weights as; single precision where there will be gradients.
  let weights: WeightFormat

  /// The values between two layers that are not recurrent.
  func activation(size: Int, _ memory: PanelMemory) -> Activation {
    Activation(
      size: size, values: memory.panels(rows: steps * batch, columns: size),
      gradient: memory.panels(rows: trains ? steps * batch : 0, columns: size),
      followsState: false)
  }

  /// The engine's layers for a network; dropout only where it is trained.
  func layers(of network: Network, _ memory: PanelMemory) -> [any Layer] {
    var layers: [any Layer] = []
    var input = LayerInput.tokens(count: network.description.vocabularySize)
    for (index, description) in network.description.layers.enumerated() {
      let prefix = "layers.\(index)."
      let layer: any Layer
      switch description {
      case .embedding(let size):
        layer = EmbeddingLayer(
          size: size, prefix: prefix, network: network, plan: self, memory: memory)
      case .recurrent(let kind, let hidden):
        layer = recurrent(kind, hidden, prefix, input, network, memory)
      case .dropout(let rate):
        if !trains || rate == 0 { continue }
        layer = DropoutLayer(
          rate: rate, stream: index, input: input.activation, plan: self, memory: memory)
      case .dense(let size, let activation):
        layer = DenseLayer(
          size: size, activation: activation, prefix: prefix, input: input.activation,
          network: network, plan: self, memory: memory)
      }
      layers.append(layer)
      input = .activation(layer.output)
    }
    return layers
  }

  private func recurrent(
    _ kind: CellKind, _ hidden: Int, _ prefix: String, _ input: LayerInput, _ network: Network,
    _ memory: PanelMemory
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
        plan: self, memory: memory)
    }
    switch kind {
    case .rnn: return layer(RNNOperations())
    case .lstm: return layer(LSTMOperations())
    case .gru: return layer(GRUOperations())
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
