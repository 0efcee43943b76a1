/// A model trained by several optimizers from the same parameters: PyTorch's losses in float64.
///
/// Training starts from a state of zeros; each step goes on from the state that the step before it
/// left.
package struct TrainingFixture: Fixture {
  /// The network before the first step; its parameters are exact in single precision.
  package let network: ReferenceNetwork<Double>
  /// `T` of every step.
  package let steps: Int
  /// `B`.
  package let sequences: Int
  /// `B` equally long parts, one after the other: each sequence of the batch reads its own.
  package let stream: [Int32]
  package let runs: [Run]

  /// One training and its losses.
  package struct Run: Decodable, Sendable {
    package enum Optimizer: String, Decodable, Sendable {
      case adam, adamW, rmsProp, sgd
    }

    package let optimizer: Optimizer
    package let learningRate: Double
    /// The limit of the global norm.
    package let clip: Double
    package let momentum: Double?
    package let weightDecay: Double?
    /// Of each step, before its update.
    package let losses: [Double]
  }

  private enum CodingKeys: CodingKey {
    case vocabulary, layers, parameters, steps, sequences, stream, runs
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    network = ReferenceNetwork(
      vocabulary: try values.decode(Int.self, forKey: .vocabulary),
      layers: try values.decode([FixtureLayer].self, forKey: .layers).map { try $0.layer },
      parameters: try values.decode(ReferenceTensors<Double>.self, forKey: .parameters))
    steps = try values.decode(Int.self, forKey: .steps)
    sequences = try values.decode(Int.self, forKey: .sequences)
    stream = try values.decode([Int32].self, forKey: .stream)
    runs = try values.decode([Run].self, forKey: .runs)
  }

  /// The batch of training step `step`, counted from 0; each target is the token that follows.
  package func batch(_ step: Int) -> ReferenceBatch {
    let length = stream.count / sequences
    func gather(offset: Int) -> [Int32] {
      (0..<steps * sequences).map { n in
        let (t, b) = n.quotientAndRemainder(dividingBy: sequences)
        return stream[b * length + step * steps + t + offset]
      }
    }
    return ReferenceBatch(
      steps: steps, sequences: sequences, tokens: gather(offset: 0), targets: gather(offset: 1))
  }
}

extension TrainingFixture.Run {
  /// The reference implementation of this run's optimizer.
  package func reference<Scalar: ReferenceScalar>(_: Scalar.Type) -> any ReferenceOptimizer<Scalar>
  {
    switch optimizer {
    case .adam, .adamW:
      var adam = ReferenceAdam<Scalar>(learningRate: learningRate)
      (adam.weightDecay, adam.isDecoupled) = (weightDecay ?? 0, optimizer == .adamW)
      return adam
    case .rmsProp:
      var rmsProp = ReferenceRMSProp<Scalar>(learningRate: learningRate)
      (rmsProp.momentum, rmsProp.weightDecay) = (momentum ?? 0, weightDecay ?? 0)
      return rmsProp
    case .sgd:
      var sgd = ReferenceSGD<Scalar>(learningRate: learningRate)
      (sgd.momentum, sgd.weightDecay) = (momentum ?? 0, weightDecay ?? 0)
      return sgd
    }
  }
}

extension TrainingFixture {
  /// The losses of the reference network trained as `run` says.
  package func referenceLosses<Scalar: ReferenceScalar>(_ run: Run, in _: Scalar.Type) -> [Scalar] {
    var network = network.converted(to: Scalar.self)
    var optimizer = run.reference(Scalar.self)
    var state = network.zeroState(sequences: sequences)
    return run.losses.indices.map { index in
      let step = network.step(batch(index), from: state)
      var gradients = step.gradients
      _ = referenceClip(&gradients, toNorm: run.clip)
      optimizer.update(&network.parameters, gradients: gradients)
      state = step.state
      return step.loss
    }
  }
}
