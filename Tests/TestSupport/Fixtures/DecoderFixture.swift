/// One batch through an encoder and its decoder: what PyTorch computed for it in float64.
package struct DecoderFixture: Fixture {
  /// What the decoder has beside its embedding and its recurrent layer: `plain` for nothing, `attention` above
  /// it, or the `repeated` summary below.
  package let kind: String
  /// The decoder's recurrent unit, and its size.
  package let cell: String
  package let hidden: Int
  /// The unit of the encoder's layer of both directions, and its size.
  package let encoderCell: String
  package let encoderHidden: Int
  /// Of what the encoder reads, and of what the decoder reads and outputs.
  package let vocabularies: [Int]
  package let parameters: ReferenceTensors<Double>
  package let loss: Double
  /// `[T, B, V]`; past a sequence's end they mean nothing.
  package let logits: [Double]
  package let gradients: ReferenceTensors<Double>

  private let steps: Int
  private let sourceSteps: Int
  private let sequences: Int
  private let tokens: [Int32]
  private let targets: [Int32]
  private let lengths: [Int]
  private let sourceTokens: [Int32]
  private let sourceLengths: [Int]

  package var batch: ReferenceBatch {
    ReferenceBatch(
      steps: steps, sequences: sequences, tokens: tokens, targets: targets, lengths: lengths)
  }

  package var source: ReferenceBatch {
    ReferenceBatch(
      steps: sourceSteps, sequences: sequences, tokens: sourceTokens,
      targets: [Int32](repeating: -1, count: sourceTokens.count), lengths: sourceLengths)
  }
}
