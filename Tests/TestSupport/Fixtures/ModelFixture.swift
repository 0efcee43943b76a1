/// One batch through a model: what PyTorch computed for it in float64.
package struct ModelFixture: Fixture {
  package let network: ReferenceNetwork<Double>
  package let batch: ReferenceBatch
  /// The state before the first step, one for each recurrent layer.
  package let initialState: [ReferenceState<Double>]
  package let loss: Double
  /// `[T, B, V]`.
  package let logits: [Double]
  package let gradients: ReferenceTensors<Double>
  package let finalState: [ReferenceState<Double>]

  private enum CodingKeys: CodingKey {
    case vocabulary, layers, parameters, steps, sequences, tokens, targets, starts
    case initialState, loss, logits, gradients, finalState
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    network = ReferenceNetwork(
      vocabulary: try values.decode(Int.self, forKey: .vocabulary),
      layers: try values.decode([FixtureLayer].self, forKey: .layers).map { try $0.layer },
      parameters: try values.decode(ReferenceTensors<Double>.self, forKey: .parameters))
    batch = ReferenceBatch(
      steps: try values.decode(Int.self, forKey: .steps),
      sequences: try values.decode(Int.self, forKey: .sequences),
      tokens: try values.decode([Int32].self, forKey: .tokens),
      targets: try values.decode([Int32].self, forKey: .targets),
      starts: try values.decode([Bool].self, forKey: .starts))
    initialState = try values.decode([ReferenceState<Double>].self, forKey: .initialState)
    loss = try values.decode(Double.self, forKey: .loss)
    logits = try values.decode([Double].self, forKey: .logits)
    gradients = try values.decode(ReferenceTensors<Double>.self, forKey: .gradients)
    finalState = try values.decode([ReferenceState<Double>].self, forKey: .finalState)
  }
}
