/// What a layer costs: multiplications by its weights, each with an addition, in a forward pass over one
/// sequence. Training takes about three times as many. What is done value by value does not count.
public struct LayerCost: Equatable, Sendable {
  /// At each step.
  public internal(set) var perStep = 0
  /// Once per sequence: by what follows a last step, and by what begins with an encoder's summary.
  public internal(set) var perSequence = 0
  /// At each step, for each step that an encoder has read: by an attention.
  public internal(set) var perStepRead = 0

  static func + (one: LayerCost, other: LayerCost) -> LayerCost {
    LayerCost(
      perStep: one.perStep + other.perStep, perSequence: one.perSequence + other.perSequence,
      perStepRead: one.perStepRead + other.perStepRead)
  }
}

/// A layer of a network in figures, or what the network reads, or its output.
public struct LayerFigures: Equatable, Sendable {
  /// What it is, in a few words: `LSTM 128`.
  public let name: String
  /// The values that it says at each step.
  public let outputs: Int
  /// How many values it learns.
  public let parameters: Int
  /// What it costs.
  public let cost: LayerCost
}

extension ModelDescription {
  /// What is read, the layers and the output in figures; an encoder's before its decoder's.
  ///
  /// - Throws: ``ModelDescriptionError`` if the description cannot become a network.
  public func layerFigures(cells: [CustomCell] = []) throws -> [LayerFigures] {
    let tensors = try ParameterLayout(self, cells: cells).parameters.tensors
    var figures: [LayerFigures] = []
    if let encoder {
      figures = LayerFigures.section(
        encoder.layers, reading: encoder.input, name: "encoder: ", prefix: "encoder.", tensors)
    }
    figures += LayerFigures.section(
      layers, reading: input, name: encoder == nil ? "" : "decoder: ", prefix: "layers.", tensors,
      encoded: figures.last?.outputs ?? 0)
    let isOnce = layers.contains { $0.pooling != nil }
    figures.append(
      LayerFigures(
        outputInWords, outputs: outputSize, prefix: "output.", tensors, isOnce: isOnce))
    return figures
  }
}

extension LayerFigures {
  /// - Parameters:
  ///   - encoded: the values of each step that an encoder has said; 0 without one.
  fileprivate static func section(
    _ layers: [LayerDescription], reading input: ModelDescription.Input, name: String,
    prefix: String, _ tensors: [ParameterTensor], encoded: Int = 0
  ) -> [LayerFigures] {
    var figures = [
      LayerFigures(
        name: name + input.inWords(before: layers.first), outputs: input.size, parameters: 0,
        cost: LayerCost())
    ]
    var isOnce = false
    for (index, layer) in layers.enumerated() {
      isOnce = isOnce || layer.pooling != nil
      figures.append(
        LayerFigures(
          layer.inWords, outputs: layer.outputs(inputs: figures[index].outputs),
          prefix: "\(prefix)\(index).", tensors,
          readsOneHot: index == 0 && !input.isFrames,
          isOnce: isOnce || layer == .repeatOverTime,
          // Each step that was read is weighed, and takes part in the sum.
          perStepRead: layer.looksBack ? 2 * encoded : 0))
    }
    return figures
  }

  fileprivate init(
    _ name: String, outputs: Int, prefix: String, _ tensors: [ParameterTensor],
    readsOneHot: Bool = false, isOnce: Bool, perStepRead: Int = 0
  ) {
    let own = tensors.filter { $0.name.hasPrefix(prefix) }
    var cost = LayerCost()
    cost.perStepRead = perStepRead
    for tensor in own where tensor.isMultiplied(oneHot: readsOneHot) {
      if isOnce || tensor.name.hasPrefix(prefix + "start.") {
        cost.perSequence += tensor.count
      } else {
        cost.perStep += tensor.count
      }
    }
    self.init(
      name: name, outputs: outputs, parameters: own.reduce(0) { $0 + $1.count }, cost: cost)
  }
}

extension LayerDescription {
  fileprivate var looksBack: Bool { if case .attention = self { true } else { false } }
}

extension ModelDescription.Input {
  fileprivate func inWords(before layer: LayerDescription?) -> String {
    if isFrames { return "frames" }
    if case .embedding = layer { return "tokens" }
    return "tokens, one-hot"
  }
}

extension ParameterTensor {
  /// Whether values are multiplied by it and summed. Of a one-hot input it only chooses a column, as an
  /// embedding chooses a row.
  fileprivate func isMultiplied(oneHot: Bool) -> Bool {
    switch order {
    case .table: false
    case .taps: true
    case .blocks: shape.count == 2 && !(oneHot && name.hasSuffix("weight_ih"))
    }
  }
}
