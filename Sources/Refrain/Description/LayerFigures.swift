/// A layer of a network in figures, or what the network reads, or its output.
public struct LayerFigures: Equatable, Sendable {
  /// What it is, in a few words: `LSTM 128`.
  public let name: String
  /// The number of its output's values at each step.
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
    try validate()
    var figures: [LayerFigures] = []
    if let encoder {
      figures = try LayerFigures.stack(encoder.layers, encoder.input, name: "encoder: ", cells)
    }
    figures += try LayerFigures.stack(
      layers, input, name: encoder == nil ? "" : "decoder: ", encoded: figures.last?.outputs, cells)
    let parameters = output.kind.parameters(inputs: figures.last?.outputs ?? 0)
    let cost = LayerCost(perStep: parameters.multiplications)
    figures.append(
      LayerFigures(
        name: output.kind.inWords, outputs: outputSize, parameters: parameters.valueCount,
        cost: predictsOnlyLast ? cost.oncePerSequence : cost))
    return figures
  }
}

extension LayerFigures {
  /// - Parameter encoded: the values of each step of an encoder's output; nil without one.
  fileprivate static func stack(
    _ layers: [LayerDescription], _ input: ModelDescription.Input, name: String,
    encoded: Int? = nil, _ cells: [CustomCell]
  ) throws -> [LayerFigures] {
    var figures = [
      LayerFigures(
        name: name + input.inWords(before: layers.first), outputs: input.size, parameters: 0,
        cost: LayerCost())
    ]
    try input.forEach(of: layers, encoded: encoded, cells: cells) { _, kind, place in
      let parameters = try kind.parameters(place)
      let cost = kind.cost(parameters, place)
      figures.append(
        LayerFigures(
          name: kind.inWords, outputs: kind.outputs(inputs: place.inputs),
          parameters: parameters.valueCount,
          cost: place.pooled == nil ? cost : cost.oncePerSequence))
    }
    return figures
  }
}

extension [ParameterTensor] {
  /// The number of values of all.
  fileprivate var valueCount: Int { reduce(0) { $0 + $1.count } }
}

extension ModelDescription.Input {
  fileprivate func inWords(before layer: LayerDescription?) -> String {
    if isFrames { return "frames" }
    if case .embedding = layer { return "tokens" }
    return "tokens, one-hot"
  }
}
