/// Batches of frames through a network: what PyTorch computed for them in float64, every batch from a state
/// of zeros.
package struct FrameFixture: Fixture {
  /// The network before the first batch; its parameters and frames are exact in single precision.
  package let network: ReferenceNetwork<Double>
  package let batches: [ReferenceBatch]
  /// Of each batch, before its update.
  package let losses: [Double]
  /// Adam's rate, for a training.
  package let learningRate: Double?
  /// What batch normalisation has met after the last batch.
  package let statistics: ReferenceTensors<Double>
  /// Of the first batch, where there is one only.
  package let gradients: ReferenceTensors<Double>?

  private enum CodingKeys: CodingKey {
    case size, frames, targetFrames, recordings, layers, parameters, components, history
    case steps, sequences, tokens, targets, losses, learningRate, statistics, gradients, lengths
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let components = try values.decodeIfPresent(Int.self, forKey: .components)
    let history = try values.decodeIfPresent(Int.self, forKey: .history) ?? 0
    let labels = try values.decodeIfPresent(ReferenceTensor<Double>.self, forKey: .targetFrames)
    let frames: ReferenceOutput =
      components.map { .mixture(components: $0, history: history) }
      ?? .meanSquaredError
    network = ReferenceNetwork(
      vocabulary: try values.decode(Int.self, forKey: .size),
      layers: try values.decode([FixtureLayer].self, forKey: .layers).map { try $0.layer },
      output: labels == nil ? frames : .labels, outputs: labels?.shape[1],
      parameters: try values.decode(ReferenceTensors<Double>.self, forKey: .parameters),
      frames: try values.decode(ReferenceTensor<Double>.self, forKey: .frames),
      targetFrames: labels,
      recordings: try values.decodeIfPresent(Set<Int>.self, forKey: .recordings) ?? [])
    let steps = try values.decode(Int.self, forKey: .steps)
    let sequences = try values.decode(Int.self, forKey: .sequences)
    let tokens = try values.decode([[Int32]].self, forKey: .tokens)
    let targets = try values.decode([[Int32]].self, forKey: .targets)
    let lengths = try values.decodeIfPresent([Int].self, forKey: .lengths)
    batches = zip(tokens, targets).map {
      ReferenceBatch(
        steps: steps, sequences: sequences, tokens: $0, targets: $1, lengths: lengths)
    }
    losses = try values.decode([Double].self, forKey: .losses)
    learningRate = try values.decodeIfPresent(Double.self, forKey: .learningRate)
    statistics =
      try values.decodeIfPresent(ReferenceTensors<Double>.self, forKey: .statistics) ?? [:]
    gradients = try values.decodeIfPresent(ReferenceTensors<Double>.self, forKey: .gradients)
  }
}
