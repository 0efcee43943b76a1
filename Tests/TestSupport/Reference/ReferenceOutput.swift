/// What comes after the layers of a reference network.
package enum ReferenceOutput: Equatable, Sendable {
  /// A dense layer and a softmax over `V` tokens.
  case softmax
  /// The last layer's values themselves, which are frames.
  case meanSquaredError
  /// A dense layer and a mixture of Gaussians over frames. A row holds the sums before the softmax of the
  /// components' weights `[K]`, the means `[K, D]` and the logarithms of the deviations `[K, D]`. To all
  /// means the last `history` frames are added, each value times a factor.
  case mixture(components: Int, history: Int)
  /// A dense layer and a sigmoid for each label.
  case labels

  /// The shapes of the parameters by their names without `output.`; `outputs` is `V`, `D` or the number of
  /// labels.
  package func shapes(inputs: Int, outputs: Int) -> [String: [Int]] {
    switch self {
    case .softmax, .labels: return ["weight": [outputs, inputs], "bias": [outputs]]
    case .meanSquaredError: return [:]
    case .mixture(let components, let history):
      let dense = [
        "weights.weight": [components, inputs], "weights.bias": [components],
        "values.weight": [2 * components * outputs, inputs],
        "values.bias": [2 * components * outputs],
      ]
      return history == 0 ? dense : dense.merging(["history": [history * outputs]]) { $1 }
    }
  }

  /// The pass from the last layer's values to what ``ReferenceStep/logits`` holds; `past`: see
  /// ``ReferenceNetwork/past(_:)``.
  package func pass<Scalar: ReferenceScalar>(
    _ parameters: ReferenceTensors<Scalar>, _ input: ReferenceActivations<Scalar>, past: [Scalar]
  ) -> ReferencePass<Scalar> {
    switch self {
    case .softmax, .labels: return .dense(parameters, input)
    case .meanSquaredError:
      guard case .values(let values, let size) = input else {
        preconditionFailure("tokens cannot be an output of frames")
      }
      return .same(values, size: size)
    case .mixture(let components, _):
      let pass = ReferencePass.sideBySide(["weights.", "values."], parameters, input)
      guard let factors = parameters["history"] else { return pass }
      return pass.withHistory(factors, past: past, components: components)
    }
  }
}

extension ReferencePass {
  /// Dense layers on the same input, their outputs one after the other in each row; `prefixes` tells
  /// their parameters apart.
  fileprivate static func sideBySide(
    _ prefixes: [String], _ parameters: ReferenceTensors<Scalar>,
    _ input: ReferenceActivations<Scalar>
  ) -> ReferencePass {
    let parts = prefixes.map { prefix in
      ReferencePass.dense(
        ["weight": parameters[prefix + "weight"]!, "bias": parameters[prefix + "bias"]!], input)
    }
    let size = parts.reduce(0) { $0 + $1.size }
    let rows = parts[0].output.count / parts[0].size
    let output = (0..<rows).flatMap { row in
      parts.flatMap { $0.output[row * $0.size..<(row + 1) * $0.size] }
    }
    return ReferencePass(output: output, size: size) { dy in
      var (dx, gradients): ([Scalar], ReferenceTensors<Scalar>) = ([], [:])
      var first = 0
      for (prefix, part) in zip(prefixes, parts) {
        let own = (0..<rows).flatMap { row in
          dy[row * size + first..<row * size + first + part.size]
        }
        let (input, parameters) = part.backward(own)
        dx = dx.isEmpty ? input : referenceSum(dx, input)
        for (name, value) in parameters { gradients[prefix + name] = value }
        first += part.size
      }
      return (dx, gradients)
    }
  }
}
