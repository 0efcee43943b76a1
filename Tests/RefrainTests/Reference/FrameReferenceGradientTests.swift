import TestSupport
import Testing

/// The backward passes of reference networks of frames against finite differences of their forward passes.
struct FrameReferenceGradientTests {
  private static let steps = 3
  private static let sequences = 4
  private static let size = 5

  static let outputs: [ReferenceOutput] = [
    .meanSquaredError, .mixture(components: 1, history: 0), .mixture(components: 3, history: 0),
    .mixture(components: 3, history: 1), .mixture(components: 2, history: 4), .labels,
  ]

  private func error(
    _ layers: [ReferenceLayer<Double>], _ output: ReferenceOutput, seed: UInt64,
    hasPadding: Bool = false
  ) -> Double {
    var random = ReferenceRandom(seed: seed)
    let network = ReferenceNetwork.random(
      vocabulary: Self.size, layers: layers, output: output,
      frames: randomFrames(9, size: Self.size, using: &random), using: &random)
    var batch = ReferenceBatch.random(
      steps: Self.steps, sequences: Self.sequences, vocabulary: 9, using: &random)
    batch.starts[2 * Self.sequences] = true
    batch.targets[batch.targets.count - 1] = 3
    if hasPadding {
      batch = batch.withRandomLengths(using: &random)
      for b in 0..<Self.sequences { batch.targets[(batch.lengths[b] - 1) * Self.sequences + b] = 2 }
    }
    let state = network.randomState(sequences: Self.sequences, using: &random)
    return network.largestGradientError(batch, from: state, entries: 25, using: &random)
  }

  @Test(arguments: outputs) func recurrentLayers(_ output: ReferenceOutput) {
    #expect(error([.lstm(hidden: 6), .gru(hidden: 5)], output, seed: 1) < 1e-6)
  }

  /// The lecture's larger model, with a mask after its recurrent layers and noise before them.
  @Test(arguments: outputs) func manyToOne(_ output: ReferenceOutput) {
    var random = ReferenceRandom(seed: 2)
    let noise = (0..<Self.steps * Self.sequences * Self.size).map { _ in
      Double.random(in: -0.1...0.1, using: &random)
    }
    let layers: [ReferenceLayer<Double>] = [
      .batchNorm, .noise(noise), .lstm(hidden: 6), .lstm(hidden: 4),
      .dropout(mask: randomMask(Self.steps * Self.sequences * 4, using: &random)), .lastStep,
      .batchNorm, .denseTanh(outputs: 7, weightDecay: 0.25),
      .dropout(mask: randomMask(Self.sequences * 7, using: &random)),
      .dense(outputs: Self.size, weightDecay: 0.5),
    ]
    #expect(error(layers, output, seed: 3) < 1e-6)
  }

  /// Sequences of different lengths, read from both ends.
  @Test(
    arguments: outputs,
    [ReferenceLayer<Double>.lastStep, .meanOverTime, .maxOverTime])
  func wholeSequences(_ output: ReferenceOutput, _ pooling: ReferenceLayer<Double>) {
    let layers: [ReferenceLayer<Double>] = [
      .bidirectional(.lstm(hidden: 4)), .batchNorm, .bidirectional(.gru(hidden: 3)), pooling,
      .dense(outputs: Self.size),
    ]
    #expect(error(layers, output, seed: 5, hasPadding: true) < 1e-6)
    #expect(error(layers.filter { $0 != pooling }, output, seed: 6, hasPadding: true) < 1e-6)
  }

  /// Inputs and targets are of different sizes, and named by numbers of different tables.
  @Test(arguments: [true, false], [ReferenceOutput.labels, .mixture(components: 2, history: 0)])
  func tablesOfTheirOwn(readsFrames: Bool, _ output: ReferenceOutput) {
    var random = ReferenceRandom(seed: 7)
    let network = ReferenceNetwork<Double>.random(
      vocabulary: 9, layers: [.lstm(hidden: 6), .dense(outputs: 4)], output: output, outputs: 7,
      frames: readsFrames ? randomFrames(9, size: 9, using: &random) : nil,
      targetFrames: randomLabels(9, size: 7, using: &random), using: &random)
    let batch = ReferenceBatch.random(
      steps: Self.steps, sequences: Self.sequences, vocabulary: 9, using: &random)
    let state = network.randomState(sequences: Self.sequences, using: &random)
    #expect(network.largestGradientError(batch, from: state, entries: 25, using: &random) < 1e-6)
  }

  /// Convolutions of sequences of different lengths.
  @Test(arguments: outputs.filter { $0 != .labels }) func convolutions(_ output: ReferenceOutput) {
    let layers: [ReferenceLayer<Double>] = [
      .convolution(.init(outputs: 4, width: 2, activation: .tanh)), .batchNorm,
      .convolution(.init(outputs: 4, width: 3, dilation: 2, isResidual: true)),
      .meanOverTime, .layerNorm,
      .convolution(.init(outputs: 6, width: 1, activation: .tanh)), .dense(outputs: Self.size),
    ]
    #expect(error(layers, output, seed: 8, hasPadding: true) < 1e-6)
  }

  @Test(arguments: outputs) func withoutRecurrence(_ output: ReferenceOutput) {
    #expect(
      error([.denseTanh(outputs: 7), .batchNorm, .dense(outputs: 5)], output, seed: 4) < 1e-6)
  }
}
