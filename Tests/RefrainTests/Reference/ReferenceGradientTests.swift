import Refrain
import TestSupport
import Testing

/// Backward passes of the reference implementations against finite differences of their forward passes.
struct ReferenceGradientTests {
  /// All but the Mogrifier, which cannot read tokens.
  private static let units = CellKind.builtIn.filter(\.readsTokens)

  @Test(arguments: units, [1, 7, 8, 9, 17, 33])
  func oneLayer(_ unit: CellKind, hidden: Int) {
    #expect(error([.recurrent(unit, hidden: hidden)], seed: 1) < 1e-6)
  }

  @Test(arguments: units, [[7, 8], [9, 1], [1, 9, 8]])
  func layersThatStack(_ unit: CellKind, sizes: [Int]) {
    #expect(error(sizes.map { .recurrent(unit, hidden: $0) }, seed: 2) < 1e-6)
  }

  @Test(arguments: [1, 7, 8, 9, 17, 33], [1, 8, 17])
  func mogrifierLSTM(hidden: Int, inputs: Int) {
    #expect(
      error([.embedding(size: inputs), .recurrent(.mogrifierLSTM, hidden: hidden)], seed: 7) < 1e-6)
  }

  @Test func mogrifierLSTMsThatStack() {
    let layers: [ReferenceLayer<Double>] = [
      .embedding(size: 5), .recurrent(.mogrifierLSTM, hidden: 9),
      .recurrent(.mogrifierLSTM, hidden: 3),
      .bidirectional(.recurrent(.mogrifierLSTM, hidden: 4)), .lstm(hidden: 5),
    ]
    #expect(error(layers, seed: 8) < 1e-6)
  }

  @Test func embeddingDropoutAndDenseBetweenRecurrentLayers() {
    var random = ReferenceRandom(seed: 3)
    let layers: [ReferenceLayer<Double>] = [
      .embedding(size: 7), .gru(hidden: 8),
      .dropout(mask: randomMask(steps * sequences * 8, using: &random)), .dense(outputs: 9),
      .lstm(hidden: 5), .dropout(mask: randomMask(steps * sequences * 5, using: &random)),
      .recurrent(.peepholeLSTM, hidden: 4), .rnn(hidden: 3),
    ]
    #expect(error(layers, seed: 4) < 1e-6)
  }

  /// Convolutions that see the steps before the batch, and across a start that cuts them off.
  @Test(arguments: ReferenceConvolution.ActivationFunction.allCases, [1, 7, 8, 9])
  func convolutions(_ activation: ReferenceConvolution.ActivationFunction, size: Int) {
    let layers: [ReferenceLayer<Double>] = [
      .embedding(size: 3),
      .convolution(.init(outputs: size, width: 3, activation: activation)), .layerNorm,
      .convolution(
        .init(outputs: size, width: 2, dilation: 3, activation: activation, isResidual: true)),
      .gru(hidden: 4), .convolution(.init(outputs: 5, width: 7, activation: activation)),
      .denseReLU(outputs: 6), .layerNorm,
    ]
    #expect(error(layers, seed: 7, distance: 1e-5) < 2e-6)
  }

  @Test(arguments: [[], [.dense(outputs: 9)], [.embedding(size: 8)]] as [[ReferenceLayer<Double>]])
  func networksWithoutRecurrence(_ layers: [ReferenceLayer<Double>]) {
    #expect(error(layers, seed: 5) < 1e-6)
  }

  /// Small networks of any make, among them single steps, single sequences and single units.
  @Test(arguments: 0..<200) func anyNetwork(seed: Int) {
    var random = ReferenceRandom(seed: UInt64(1000 + seed))
    let steps = Int.random(in: 1...4, using: &random)
    let sequences = Int.random(in: 1...3, using: &random)
    let vocabulary = Int.random(in: 2...7, using: &random)
    var layers: [ReferenceLayer<Double>] = []
    var width = vocabulary
    for k in 0..<Int.random(in: 1...4, using: &random) {
      let size = Int.random(in: 1...6, using: &random)
      let layer: ReferenceLayer<Double> =
        switch (Int.random(in: 0..<3 + Self.units.count, using: &random), k) {
        case (0, 0): .embedding(size: size)
        case (0, _): .dropout(mask: randomMask(steps * sequences * width, using: &random))
        case (1, _): .dense(outputs: size)
        case (2, _): .denseTanh(outputs: size)
        case (let unit, _): .recurrent(Self.units[unit - 3], hidden: size)
        }
      layers.append(layer)
      width = layer.outputs(inputs: width)
    }
    let network = ReferenceNetwork.random(vocabulary: vocabulary, layers: layers, using: &random)
    let batch = ReferenceBatch.random(
      steps: steps, sequences: sequences, vocabulary: vocabulary, using: &random)
    let state = network.randomState(sequences: sequences, using: &random)
    #expect(network.largestGradientError(batch, from: state, entries: 4, using: &random) < 1e-6)
  }

  @Test func aStartCutsTheGradient() {
    // The only counted target stands right after a start, so the tokens before it have no part.
    var random = ReferenceRandom(seed: 6)
    let network = ReferenceNetwork<Double>.random(
      vocabulary: 4, layers: [.embedding(size: 3), .lstm(hidden: 5)], using: &random)
    let batch = ReferenceBatch(
      steps: 3, sequences: 1, tokens: [0, 1, 2], targets: [-1, -1, 3], starts: [false, false, true])
    let gradients = network.step(batch, from: network.zeroState(sequences: 1)).gradients
    let embedding = gradients["layers.0.weight"]!.values
    #expect(embedding[0..<6].allSatisfy { $0 == 0 })
    #expect(embedding[6..<9].allSatisfy { $0 != 0 })
  }

  private let steps = 4
  private let sequences = 3

  private func error(
    _ layers: [ReferenceLayer<Double>], seed: UInt64, distance: Double = 1e-3
  ) -> Double {
    var random = ReferenceRandom(seed: seed)
    let network = ReferenceNetwork.random(vocabulary: 5, layers: layers, using: &random)
    var batch = ReferenceBatch.random(
      steps: steps, sequences: sequences, vocabulary: 5, using: &random)
    batch.starts[2 * sequences] = true
    batch.targets[sequences + 1] = -1
    let state = network.randomState(sequences: sequences, using: &random)
    return network.largestGradientError(
      batch, from: state, entries: 25, distance: distance, using: &random)
  }
}
