import Refrain
import TestSupport
import Testing

/// Weights of fewer bytes, for generating and evaluating.
struct WeightFormatTests {
  private let vocabulary = 37

  private func network(_ cell: CellKind, hidden: Int) throws -> Network {
    try Network(
      ModelDescription(input: .tokens(vocabulary), output: .softmax(vocabulary)) {
        if cell == .mogrifierLSTM { Embedding(9) }
        Recurrent(cell, hidden)
        Recurrent(cell, hidden)
        Dense(21, activation: .tanh)
      }, seed: 3)
  }

  private func batch(_ steps: Int, _ sequences: Int) -> Batch {
    var random = ReferenceRandom(seed: 9)
    let tokens = (0..<steps * sequences).map { _ in
      Int32.random(in: 0..<Int32(vocabulary), using: &random)
    }
    return Batch(steps: steps, sequences: sequences, tokens: tokens, targets: tokens)
  }

  private func logits(
    _ network: Network, _ weights: WeightFormat, threads: Int = 1, steps: Int = 12
  ) -> [Float] {
    let workspace = Workspace(
      network, steps: steps, sequences: 3, mode: .inference, weights: weights, threads: threads)
    workspace.forward(batch(steps, 3))
    return (0..<3).flatMap { workspace.logits(step: steps - 1, sequence: $0) }
  }

  @Test(arguments: CellKind.builtIn, [1, 7, 17, 33])
  func predictsNearlyTheSame(_ cell: CellKind, hidden: Int) throws {
    let network = try network(cell, hidden: hidden)
    let exact = logits(network, .f32).map(Double.init)
    let half = relativeError(logits(network, .f16).map(Double.init), exact)
    let byte = relativeError(logits(network, .i8).map(Double.init), exact)
    #expect(half > 0 && half < 2e-3)
    #expect(byte > 0 && byte < 5e-2)
  }

  /// The same bits for any number of threads, and one step at a time.
  @Test(arguments: [WeightFormat.f16, .i8], [17, 80])
  func threadsDoNotMatter(_ weights: WeightFormat, hidden: Int) throws {
    let network = try network(.lstm, hidden: hidden)
    let alone = logits(network, weights)
    for threads in [2, 3] {
      #expect(logits(network, weights, threads: threads) == alone)
    }
    let single = Workspace(network, steps: 1, sequences: 3, mode: .inference, weights: weights)
    let whole = batch(12, 3)
    for step in 0..<12 {
      let rows = step * 3..<step * 3 + 3
      single.forward(
        Batch(
          steps: 1, sequences: 3, tokens: Array(whole.tokens[rows]),
          targets: Array(whole.targets[rows])))
    }
    #expect((0..<3).flatMap { single.logits(step: 0, sequence: $0) } == alone)
  }

  /// Another format is a copy; the network's own weights stay what they are, and may change.
  @Test func theCopyStaysWhatItWas() throws {
    let network = try network(.gru, hidden: 9)
    let evaluator = Evaluator(network, weights: .i8, threads: 1)
    let corpus = InMemoryCorpus(tokens: (0..<200).map { Int32($0 * $0 % 31) })
    let before = try evaluator.evaluate(corpus)
    let name = "layers.1.weight_hh"
    network.setValues(of: name, to: network.values(of: name).map { -$0 })
    #expect(try evaluator.evaluate(corpus) == before)
    #expect(try Evaluator(network, weights: .i8, threads: 1).evaluate(corpus) != before)
  }

  /// Weights so small that their scale is not exact, and such as no training leaves, are no reason to stop.
  @Test(arguments: [WeightFormat.f16, .i8], [Float.leastNonzeroMagnitude * 178, .infinity, .nan])
  func strangeWeightsDoNotTrap(_ weights: WeightFormat, strange: Float) throws {
    let network = try network(.lstm, hidden: 9)
    let name = "layers.1.weight_hh"
    network.setValues(of: name, to: network.values(of: name).map { _ in strange })
    #expect(logits(network, weights, steps: 2).count == 3 * vocabulary)
  }

  @Test func aHalfIsTheNearestThereIs() {
    var random = ReferenceRandom(seed: 1)
    var values: [Float] = [0, -0.0, 1, -1, 65_504, 65_519, 0x1p-14, 0x1p-24, 0x1p-25, 0x1.8p-25]
    for _ in 0..<20_000 {
      values += [
        .random(in: -3...3, using: &random), .random(in: -0x1p-13...0x1p-13, using: &random),
      ]
    }
    // Between two halves, exactly and nearly.
    for bits in stride(from: UInt16(1), to: 0x7bff, by: 97) {
      let middle = (Float(Float16(bitPattern: bits)) + Float(Float16(bitPattern: bits + 1))) / 2
      values += [middle, middle.nextUp, middle.nextDown, -middle]
    }
    for value in values { #expect(halfPrecision(value) == Float16(value).bitPattern, "\(value)") }
    #expect(halfPrecision(1e9) == Float16.greatestFiniteMagnitude.bitPattern)
    #expect(halfPrecision(-1e9) == (-Float16.greatestFiniteMagnitude).bitPattern)
  }
}
