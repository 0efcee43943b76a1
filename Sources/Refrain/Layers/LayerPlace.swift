/// Where a layer stands in a description.
struct LayerPlace {
  /// The number of values that it reads.
  let inputs: Int
  /// Whether it reads tokens themselves, as one-hot rows.
  let readsTokens: Bool
  /// The layer before it that makes one step of all; nil where all steps reach it.
  let pooled: (any LayerKind)?
  /// Values of each step that the encoder says; nil without an encoder.
  let encoded: Int?

  /// Calls `body` with each of some layers that stand one on the other, and its place.
  ///
  /// - Returns: the number of values that come out of the last.
  static func forEach(
    _ layers: [LayerDescription], inputs: Int, areTokens: Bool, encoded: Int? = nil,
    _ body: (_ index: Int, _ kind: any LayerKind, _ place: LayerPlace) throws -> Void
  ) rethrows -> Int {
    var inputs = inputs
    var pooled: (any LayerKind)?
    for (index, layer) in layers.enumerated() {
      let kind = layer.kind
      try body(
        index, kind,
        LayerPlace(
          inputs: inputs, readsTokens: index == 0 && areTokens, pooled: pooled, encoded: encoded))
      // Only what has been checked can be relied on to have a size.
      inputs = kind.outputs(inputs: inputs)
      if pooled == nil && kind.pooling != nil { pooled = kind }
    }
    return inputs
  }

  /// Sees to it that all steps reach a layer.
  func checkSteps(of layer: String) throws {
    guard let pooled else { return }
    throw ModelDescriptionError.misplaced(
      layer: layer, reason: "after “\(pooled.inWords)” there is one step only")
  }
}
