package import Refrain

/// One layer of a reference network; its position in the list names its parameters.
package enum ReferenceLayer<Scalar: ReferenceScalar>: Equatable, Sendable {
  /// Only as the first layer, on tokens.
  case embedding(size: Int)
  case recurrent(CellKind, hidden: Int)
  /// `[T, B, size]`, already scaled.
  case dropout(mask: [Scalar])
  /// `weightDecay / 2` times the sum of the squared weights counts for the gradient, not for the loss.
  case dense(outputs: Int, weightDecay: Scalar = 0)
  /// A dense layer with the hyperbolic tangent after it.
  case denseTanh(outputs: Int, weightDecay: Scalar = 0)
  /// A dense layer with the rectifier after it.
  case denseReLU(outputs: Int, weightDecay: Scalar = 0)
  case convolution(ReferenceConvolution)
  case layerNorm
  case batchNorm
  /// `[T, B, size]`: what is added to each value.
  case noise([Scalar])
  /// Of all steps, only the last goes on; what is above has `T` = 1.
  case lastStep
  /// One step goes on, the mean or, value by value, the greatest of all.
  case meanOverTime
  case maxOverTime
  /// A recurrent layer, and one with the parameters `reverse.…` that reads from the end; their outputs one
  /// after the other.
  indirect case bidirectional(ReferenceLayer)

  /// `H` of a recurrent layer.
  package var hidden: Int? {
    if case .recurrent(_, let hidden) = self { hidden } else { nil }
  }

  /// Values of the state that a layer of `inputs` keeps of each sequence, for a recurrent layer `H`; nil where
  /// it keeps none.
  package func stateSize(inputs: Int) -> Int? {
    guard case .convolution(let make) = self else { return hidden }
    return make.stepsBack > 0 ? make.stepsBack * inputs : nil
  }

  /// Whether one step comes out of all.
  package var isPooling: Bool {
    switch self {
    case .lastStep, .meanOverTime, .maxOverTime: true
    default: false
    }
  }

  /// The number of values that come out for each step and sequence, when `inputs` go in.
  package func outputs(inputs: Int) -> Int {
    switch self {
    case .embedding(let size): size
    case .dense(let outputs, _), .denseTanh(let outputs, _), .denseReLU(let outputs, _): outputs
    case .convolution(let make): make.outputs
    case .dropout, .batchNorm, .layerNorm, .noise, .lastStep, .meanOverTime, .maxOverTime: inputs
    case .bidirectional(let layer): 2 * layer.hidden!
    default: hidden!
    }
  }

  /// What a dense layer's squared weights cost.
  package var weightDecay: Scalar {
    switch self {
    case .dense(_, let decay), .denseTanh(_, let decay), .denseReLU(_, let decay): decay
    default: 0
    }
  }

  /// The shapes of the parameters by their names without the layer's prefix. Tokens count as
  /// `inputs` = `V`: they are one-hot.
  package func shapes(inputs: Int) -> [String: [Int]] {
    switch self {
    case .embedding(let size): return ["weight": [inputs, size]]
    case .dense(let outputs, _), .denseTanh(let outputs, _), .denseReLU(let outputs, _):
      return ["weight": [outputs, inputs], "bias": [outputs]]
    case .convolution(let make):
      return ["weight": [make.outputs, inputs, make.width], "bias": [make.outputs]]
    case .batchNorm, .layerNorm: return ["weight": [inputs], "bias": [inputs]]
    case .dropout, .noise, .lastStep, .meanOverTime, .maxOverTime: return [:]
    case .bidirectional(let layer):
      let shapes = layer.shapes(inputs: inputs)
      let reverse = shapes.map { ("reverse." + $0.key, $0.value) }
      return shapes.merging(reverse) { $1 }
    case .recurrent(let kind, let hidden):
      return referenceCell(kind, Scalar.self).shapes(inputs: inputs, hidden: hidden)
    }
  }

  package func converted<Other: ReferenceScalar>(to type: Other.Type) -> ReferenceLayer<Other> {
    switch self {
    case .embedding(let size): .embedding(size: size)
    case .recurrent(let kind, let hidden): .recurrent(kind, hidden: hidden)
    case .dropout(let mask): .dropout(mask: mask.map { Other($0) })
    case .dense(let outputs, let decay): .dense(outputs: outputs, weightDecay: Other(decay))
    case .denseTanh(let outputs, let decay):
      .denseTanh(outputs: outputs, weightDecay: Other(decay))
    case .denseReLU(let outputs, let decay):
      .denseReLU(outputs: outputs, weightDecay: Other(decay))
    case .convolution(let make): .convolution(make)
    case .layerNorm: .layerNorm
    case .batchNorm: .batchNorm
    case .noise(let values): .noise(values.map { Other($0) })
    case .lastStep: .lastStep
    case .meanOverTime: .meanOverTime
    case .maxOverTime: .maxOverTime
    case .bidirectional(let layer): .bidirectional(layer.converted(to: type))
    }
  }
}

// Layers of units by their names.
extension ReferenceLayer {
  package static func rnn(hidden: Int) -> ReferenceLayer { .recurrent(.rnn, hidden: hidden) }
  package static func lstm(hidden: Int) -> ReferenceLayer { .recurrent(.lstm, hidden: hidden) }
  package static func gru(hidden: Int) -> ReferenceLayer { .recurrent(.gru, hidden: hidden) }
}
