/// Where a layer stands in a description.
struct LayerPlace {
  /// The number of values that it reads.
  let inputs: Int
  /// Whether it reads tokens themselves, as one-hot rows.
  let readsTokens: Bool
  /// The layer before it that makes one step of all; nil where all steps reach it.
  let pooled: (any LayerKind)?
  /// Values of each step of the encoder's output; nil without an encoder.
  let encoded: Int?

  /// The user's own units that the network may contain.
  let cells: [CustomCell]

  /// Sees to it that all steps reach a layer.
  func checkSteps(of layer: String) throws {
    guard let pooled else { return }
    throw ModelDescriptionError.misplaced(
      layer: layer, reason: "after “\(pooled.inWords)” there is one step only")
  }
}
