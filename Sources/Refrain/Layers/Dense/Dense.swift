/// A fully connected layer.
public struct Dense: LayerConvertible {
  let size: Int
  let activation: LayerDescription.ActivationFunction
  let weightDecay: Float

  /// The layer it stands for.
  public var layer: LayerDescription {
    .dense(
      size: size, activation: activation, weightDecay: weightDecay == 0 ? nil : weightDecay)
  }

  /// `size` outputs, 1 or more.
  ///
  /// - Parameters:
  ///   - size: how many outputs.
  ///   - activation: the function that each output goes through.
  ///   - weightDecay: 0 or more; `weightDecay / 2` times the sum of the squared weights counts as loss (Krogh &
  ///     Hertz 1992).
  public init(
    _ size: Int, activation: LayerDescription.ActivationFunction = .linear, weightDecay: Float = 0
  ) {
    self.size = size
    self.activation = activation
    self.weightDecay = weightDecay
  }
}

extension Dense: LayerKind {
  var inWords: String { activation == .linear ? "dense \(size)" : "dense \(size) \(activation)" }

  func check(_ place: LayerPlace) throws {
    try ModelDescriptionError.check("A dense layer's size", size)
    try ModelDescriptionError.check("A weight decay", weightDecay)
  }

  func outputs(inputs: Int) -> Int { size }

  func parameters(_ place: LayerPlace) -> [ParameterTensor] {
    .dense(inputs: place.inputs, outputs: size)
  }

  func engineLayer(_ site: LayerSite) -> (any Layer)? {
    DenseLayer(self, prefix: site.prefix, input: site.input.activation, plan: site.plan)
  }
}
