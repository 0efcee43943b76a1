/// What flows between layers: one row for each step and sequence, in the order `[T, B]`.
package enum ReferenceActivations<Scalar: ReferenceScalar>: Sendable {
  /// `[T, B]`: each index stands for the one-hot vector that has its 1 there.
  case tokens([Int32])
  /// `[T, B, size]`.
  case values([Scalar], size: Int)
}

extension ReferenceTensor {
  /// `y [N, O] = x · Wᵀ`, for the receiver `W [O, I]` and `N` rows of `x`.
  package func times(_ x: ReferenceActivations<Scalar>) -> [Scalar] {
    switch x {
    case .tokens(let tokens): columns(tokens)
    case .values(let values, let size): times(values, size: size)
    }
  }

  /// Adds `dyᵀ · x` to `gradient` `[O, I]` and returns `dx = dy · W`; nothing for tokens, which
  /// have no gradient.
  package func timesBackward(
    _ dy: [Scalar], _ x: ReferenceActivations<Scalar>, into gradient: inout ReferenceTensor
  ) -> [Scalar] {
    switch x {
    case .tokens(let tokens):
      columnsBackward(dy, tokens, into: &gradient)
      return []
    case .values(let values, _):
      return timesBackward(dy, values, into: &gradient)
    }
  }

  /// `y [N, O] = x [N, I] · Wᵀ`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  package func times(_ x: [Scalar], size: Int) -> [Scalar] {
    let (outputs, inputs) = (shape[0], shape[1])
    precondition(size == inputs, "a product needs as many columns as the input has values")
    var y: [Scalar] = []
    y.reserveCapacity(x.count / inputs * outputs)
    for n in 0..<x.count / inputs {
      for o in 0..<outputs {
        var sum: Scalar = 0
        for i in 0..<inputs { sum += values[o * inputs + i] * x[n * inputs + i] }
        y.append(sum)
      }
    }
    return y
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  package func timesBackward(
    _ dy: [Scalar], _ x: [Scalar], into gradient: inout ReferenceTensor
  ) -> [Scalar] {
    let (outputs, inputs) = (shape[0], shape[1])
    var dx = [Scalar](repeating: 0, count: x.count)
    for n in 0..<x.count / inputs {
      for o in 0..<outputs {
        let d = dy[n * outputs + o]
        for i in 0..<inputs {
          gradient.values[o * inputs + i] += d * x[n * inputs + i]
          dx[n * inputs + i] += d * values[o * inputs + i]
        }
      }
    }
    return dx
  }

  /// `y [N, O]`: for each token its column of `W [O, V]`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  private func columns(_ tokens: [Int32]) -> [Scalar] {
    let (outputs, vocabulary) = (shape[0], shape[1])
    var y: [Scalar] = []
    y.reserveCapacity(tokens.count * outputs)
    for token in tokens {
      for o in 0..<outputs { y.append(values[o * vocabulary + Int(token)]) }
    }
    return y
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  private func columnsBackward(
    _ dy: [Scalar], _ tokens: [Int32], into gradient: inout ReferenceTensor
  ) {
    let (outputs, vocabulary) = (shape[0], shape[1])
    for (n, token) in tokens.enumerated() {
      for o in 0..<outputs {
        gradient.values[o * vocabulary + Int(token)] += dy[n * outputs + o]
      }
    }
  }
}
