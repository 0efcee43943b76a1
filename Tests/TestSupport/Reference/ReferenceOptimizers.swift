/// Turns gradients into new parameters.
///
/// What is chosen stays in double precision, whatever the scalar: 1 - beta2 in single precision would
/// be wrong in the fifth digit.
package protocol ReferenceOptimizer<Scalar>: Sendable {
  associatedtype Scalar: ReferenceScalar
  var learningRate: Double { get set }
  mutating func update(
    _ parameters: inout ReferenceTensors<Scalar>, gradients: ReferenceTensors<Scalar>)
}

/// Adam as PyTorch has it: both moments corrected for their start at zero.
package struct ReferenceAdam<Scalar: ReferenceScalar>: ReferenceOptimizer {
  package var learningRate: Double
  package var beta1: Double = 0.9
  package var beta2: Double = 0.999
  package var epsilon: Double = 1e-8
  package var weightDecay: Double = 0
  /// Whether the decay shrinks the parameters themselves (AdamW) or is added to the gradients.
  package var isDecoupled = false
  package private(set) var steps = 0
  package private(set) var firstMoments: ReferenceTensors<Scalar> = [:]
  package private(set) var secondMoments: ReferenceTensors<Scalar> = [:]

  package init(learningRate: Double) { self.learningRate = learningRate }

  package mutating func update(
    _ parameters: inout ReferenceTensors<Scalar>, gradients: ReferenceTensors<Scalar>
  ) {
    steps += 1
    for (name, gradient) in gradients {
      let zeros = ReferenceTensor<Scalar>(zeros: gradient.shape)
      update(
        &parameters[name]!.values, gradient.values,
        &firstMoments[name, default: zeros].values, &secondMoments[name, default: zeros].values)
    }
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  private func update(
    _ w: inout [Scalar], _ gradient: [Scalar], _ m: inout [Scalar], _ v: inout [Scalar]
  ) {
    let rate = Scalar(learningRate / (1 - power(beta1)))
    let correction = Scalar((1 - power(beta2)).squareRoot())
    let (keep1, take1) = (Scalar(beta1), Scalar(1 - beta1))
    let (keep2, take2) = (Scalar(beta2), Scalar(1 - beta2))
    let decay = isDecoupled ? 0 : Scalar(weightDecay)
    let shrink = isDecoupled ? Scalar(1 - learningRate * weightDecay) : 1
    for i in w.indices {
      let g = gradient[i] + decay * w[i]
      w[i] *= shrink
      m[i] = keep1 * m[i] + take1 * g
      v[i] = keep2 * v[i] + take2 * g * g
      w[i] -= rate * m[i] / (v[i].squareRoot() / correction + Scalar(epsilon))
    }
  }

  /// `base` to the number of steps taken.
  private func power(_ base: Double) -> Double { Double.exp(Double(steps) * Double.log(base)) }
}

/// RMSProp as PyTorch has it: the epsilon is added outside the root.
package struct ReferenceRMSProp<Scalar: ReferenceScalar>: ReferenceOptimizer {
  package var learningRate: Double
  package var alpha: Double = 0.99
  package var epsilon: Double = 1e-8
  package var momentum: Double = 0
  package var weightDecay: Double = 0
  package private(set) var squares: ReferenceTensors<Scalar> = [:]
  package private(set) var velocities: ReferenceTensors<Scalar> = [:]

  package init(learningRate: Double) { self.learningRate = learningRate }

  package mutating func update(
    _ parameters: inout ReferenceTensors<Scalar>, gradients: ReferenceTensors<Scalar>
  ) {
    for (name, gradient) in gradients {
      let zeros = ReferenceTensor<Scalar>(zeros: gradient.shape)
      update(
        &parameters[name]!.values, gradient.values,
        &squares[name, default: zeros].values, &velocities[name, default: zeros].values)
    }
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  private func update(
    _ w: inout [Scalar], _ gradient: [Scalar], _ square: inout [Scalar], _ velocity: inout [Scalar]
  ) {
    let (keep, take) = (Scalar(alpha), Scalar(1 - alpha))
    for i in w.indices {
      let g = gradient[i] + Scalar(weightDecay) * w[i]
      square[i] = keep * square[i] + take * g * g
      velocity[i] =
        Scalar(momentum) * velocity[i] + g / (square[i].squareRoot() + Scalar(epsilon))
      w[i] -= Scalar(learningRate) * velocity[i]
    }
  }
}

/// Gradient descent with PyTorch's momentum: the velocity is a sum of gradients, without dampening.
package struct ReferenceSGD<Scalar: ReferenceScalar>: ReferenceOptimizer {
  package var learningRate: Double
  package var momentum: Double = 0
  package var weightDecay: Double = 0
  package private(set) var velocities: ReferenceTensors<Scalar> = [:]

  package init(learningRate: Double) { self.learningRate = learningRate }

  package mutating func update(
    _ parameters: inout ReferenceTensors<Scalar>, gradients: ReferenceTensors<Scalar>
  ) {
    for (name, gradient) in gradients {
      let zeros = ReferenceTensor<Scalar>(zeros: gradient.shape)
      update(
        &parameters[name]!.values, gradient.values, &velocities[name, default: zeros].values)
    }
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  private func update(_ w: inout [Scalar], _ gradient: [Scalar], _ velocity: inout [Scalar]) {
    for i in w.indices {
      let g = gradient[i] + Scalar(weightDecay) * w[i]
      velocity[i] = Scalar(momentum) * velocity[i] + g
      w[i] -= Scalar(learningRate) * velocity[i]
    }
  }
}
