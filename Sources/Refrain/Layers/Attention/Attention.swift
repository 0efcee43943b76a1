/// Lets each step of a decoder look at the encoder's outputs of all steps (Luong et al. 2015).
public struct Attention: LayerConvertible {
  let size: Int
  /// The layer it stands for.
  public var layer: LayerDescription { .attention(size: size) }
  /// `size` values come out, 1 or more.
  public init(_ size: Int) { self.size = size }
}

extension Attention: LayerKind {
  var inWords: String { "attention \(size)" }
  var traits: LayerTraits { [.needsEncoder, .readsEncodedSteps] }

  func check(_ place: LayerPlace) throws {
    try ModelDescriptionError.check("An attention's size", size)
  }

  func outputs(inputs: Int) -> Int { size }

  func parameters(_ place: LayerPlace) -> [ParameterTensor] {
    let (inputs, encoded) = (place.inputs, place.encoded ?? 0)
    return .dense("query.", inputs: inputs, outputs: encoded)
      + .dense("context.", inputs: encoded, outputs: size, hasBias: false)
      + .dense("hidden.", inputs: inputs, outputs: size)
  }

  func cost(_ parameters: [ParameterTensor], _ place: LayerPlace) -> LayerCost {
    // Each step that was read is weighed, and takes part in the sum.
    LayerCost(perStep: parameters.multiplications, perStepRead: 2 * (place.encoded ?? 0))
  }

  func engineLayer(_ site: LayerSite) -> (any Layer)? { AttentionLayer(self, site) }
}
