extension ParameterLayout {
  /// What a network of that description consists of.
  ///
  /// - Throws: ``ModelDescriptionError`` if there can be no such network.
  init(_ description: ModelDescription, cells: [CustomCell]) throws {
    self.init()
    try description.validate()
    var encoded: Int?
    if let encoder = description.encoder {
      encoded = try add(encoder.layers, "encoder.", encoder.input, encoded: nil, cells)
    }
    let inputs = try add(description.layers, "layers.", description.input, encoded: encoded, cells)
    for tensor in description.output.kind.parameters(inputs: inputs) { parameters.add(tensor) }
  }

  /// - Parameter encoded: the size of an encoder's summary, for its decoder's layers.
  /// - Returns: the number of values that the last layer outputs.
  private mutating func add(
    _ layers: [LayerDescription], _ all: String, _ input: ModelDescription.Input, encoded: Int?,
    _ cells: [CustomCell]
  ) throws -> Int {
    try input.forEach(of: layers, encoded: encoded, cells: cells) { index, kind, place in
      let prefix = "\(all)\(index)."
      for tensor in try kind.parameters(place).named(prefix) { parameters.add(tensor) }
      for tensor in kind.statistics(place).named(prefix) { statistics.add(tensor) }
    }
  }
}
