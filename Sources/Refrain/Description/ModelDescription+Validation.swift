extension ModelDescription {
  /// The most layers: a short file can list millions, whose parameters no number counts.
  static let layerLimit = 1000

  /// Checks every size and the order of the layers.
  ///
  /// - Throws: ``ModelDescriptionError``.
  public func validate() throws {
    try ModelDescriptionError.check(readsFrames ? "A frame's size" : "The vocabulary", inputSize)
    if layers.count > Self.layerLimit {
      throw ModelDescriptionError.size(
        of: "The number of layers", value: layers.count, limit: Self.layerLimit)
    }
    try input.forEach(of: layers) { _, kind, place in
      try kind.check(place)
      if place.readsTokens && !kind.traits.contains(.readsTokens) {
        throw Self.needsNumbers(kind.inWords.prefix(1).uppercased() + kind.inWords.dropFirst())
      }
    }
    if layers.isEmpty && !readsFrames { throw Self.needsNumbers("The output") }
    if let second = layers.filter(\.makesOneStep).dropFirst().first {
      throw ModelDescriptionError.misplaced(
        layer: "A second “\(second.inWords)”", reason: "after the first there is one step only")
    }
    try ModelDescriptionError.check("The output", outputSize)
    try output.kind.check(
      OutputPlace(
        frames: readsFrames ? inputSize : nil,
        layersLearn: layers.contains { !$0.has(.learnsNothing) }))
    try checkDecoder()
  }

  /// What belongs to an encoder and a decoder alone.
  private func checkDecoder() throws {
    guard let encoder else {
      guard let layer = layers.first(where: { $0.has(.needsEncoder) }) else { return }
      throw ModelDescriptionError.misplaced(
        layer: "“\(layer.inWords)”", reason: "there is no encoder whose words it could see")
    }
    if let layer = encoder.layers.first(where: { $0.has(.needsEncoder) }) {
      throw ModelDescriptionError.misplaced(
        layer: "“\(layer.inWords)” in an encoder", reason: "it belongs to the decoder")
    }
    try ModelDescription(input: encoder.input, output: .softmax(1), layers: encoder.layers)
      .validate()
    if let layer = layers.first(where: { $0.has(.looksAhead) || $0.makesOneStep }) {
      throw ModelDescriptionError.misplaced(
        layer: "“\(layer.inWords)” in a decoder", reason: "a decoder makes one step after the other"
      )
    }
    let attentions = layers.filter { $0.has(.readsEncodedSteps) }
    if attentions.count > 1 {
      throw ModelDescriptionError.misplaced(
        layer: "A second attention", reason: "a decoder has one at most")
    }
    if let layer = attentions.first, encoder.predictsOnlyLast {
      throw ModelDescriptionError.misplaced(
        layer: "“\(layer.inWords)”", reason: "the encoder makes one step of all its steps")
    }
  }

  private static func needsNumbers(_ layer: String) -> ModelDescriptionError {
    .misplaced(
      layer: layer,
      reason: "the tokens have to pass an embedding or a recurrent layer first")
  }
}
