import Refrain
import TestSupport
import Testing

/// Encoders and decoders against a reference implementation, finite differences and themselves.
struct EncoderDecoderTests {
  private static let networks: [DecoderNetwork] =
    DecoderNetwork.Kind.allCases.flatMap { kind in
      [1, 7, 8, 9, 17, 33].enumerated().map { i, hidden in
        DecoderNetwork(kind: kind, cell: [.lstm, .gru, .rnn][i % 3], hidden: hidden)
      }
    }
  private static let kernels = KernelChoice.allCases.filter(\.isAvailable)

  /// Few sequences, which threads cannot divide, and many; sources beyond one block of sixteen.
  private static let shapes = [(5, 4, 3), (3, 19, 2), (4, 7, 34), (1, 1, 1)]

  @Test(arguments: networks, kernels) func theLossIsThatOfTheReference(
    _ made: DecoderNetwork, _ kernels: KernelChoice
  ) throws {
    var random = ReferenceRandom(seed: 1)
    let network = try Network(made.model, seed: 3)
    let reference = made.reference(of: network)
    let workspace = Workspace(
      network, steps: 5, sourceSteps: 19, sequences: 34, mode: .training, threads: 2,
      kernels: kernels)
    for (steps, sourceSteps, sequences) in Self.shapes {
      let (batch, source) = made.batch(
        steps: steps, sourceSteps: sourceSteps, sequences: sequences, using: &random)
      let expected = reference.loss(batch, source: source)
      let found = workspace.gradient(Batch(batch, source: source))
      #expect(
        abs(found - expected) < 2e-5 * max(1, expected), "\(sequences): \(found), \(expected)")
    }
  }

  /// Some entries of every parameter, and all of them together.
  @Test(arguments: networks) func theGradientIsThatOfFiniteDifferences(
    _ made: DecoderNetwork
  ) throws {
    var random = ReferenceRandom(seed: 2)
    let network = try Network(made.model, seed: 4)
    let reference = made.reference(of: network)
    for (sequences, threads) in [(3, 1), (13, 2)] {
      let workspace = Workspace(
        network, steps: 4, sourceSteps: 5, sequences: sequences, mode: .training,
        threads: threads)
      let (batch, source) = made.batch(
        steps: 4, sourceSteps: 5, sequences: sequences, using: &random)
      _ = workspace.gradient(Batch(batch, source: source))
      let largest = network.parameterNames.flatMap { network.gradient(of: $0) }
        .reduce(0) { max($0, abs($1)) }
      for name in network.parameterNames {
        let gradient = network.gradient(of: name)
        let own = gradient.reduce(0) { max($0, abs($1)) }
        let scale = Double(max(own, 1e-2 * largest))
        let entries = Array(gradient.indices.shuffled(using: &random).prefix(4))
        for entry in entries {
          let numeric = centralDifference { distance in
            var moved = reference
            moved.parameters[name]!.values[entry] += distance
            return moved.loss(batch, source: source)
          }
          #expect(
            abs(numeric - Double(gradient[entry])) < 1e-4 * scale,
            "\(name)[\(entry)] of \(sequences): \(gradient[entry]), \(numeric)")
        }
      }
    }
  }

  /// The encoder reads once; then the decoder goes on step by step.
  @Test(arguments: networks) func stepByStepIsTheSame(_ made: DecoderNetwork) throws {
    var random = ReferenceRandom(seed: 5)
    let network = try Network(made.model, seed: 6)
    let (steps, sequences) = (4, 3)
    var (batch, source) = made.batch(
      steps: steps, sourceSteps: 18, sequences: sequences, using: &random)
    batch.lengths = batch.lengths.map { _ in steps }
    let whole = Workspace(
      network, steps: steps, sourceSteps: 18, sequences: sequences, mode: .inference, threads: 1)
    whole.forward(Batch(batch, source: source))
    let single = Workspace(
      network, steps: 1, sourceSteps: 18, sequences: sequences, mode: .inference, threads: 1)
    for step in 0..<steps {
      let places = step * sequences..<(step + 1) * sequences
      var one = Batch(
        ReferenceBatch(
          steps: 1, sequences: sequences, tokens: Array(batch.tokens[places]),
          targets: [Int32](repeating: -1, count: sequences)), source: source)
      if step > 0 { one.source = nil }
      single.forward(one)
      for sequence in 0..<sequences {
        let expected = whole.logits(step: step, sequence: sequence)
        let found = single.logits(step: 0, sequence: sequence)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
      }
    }
  }

  @Test(arguments: DecoderNetwork.Kind.allCases) func threadsLeaveNoTrace(
    _ kind: DecoderNetwork.Kind
  ) throws {
    let made = DecoderNetwork(kind: kind, cell: .gru, hidden: 24)
    for sequences in [2, 50] {
      let gradients = try [1, 2, 3, 8].map { threads in
        var random = ReferenceRandom(seed: 7)
        let network = try Network(made.model, seed: 8)
        let workspace = Workspace(
          network, steps: 5, sourceSteps: 9, sequences: sequences, mode: .training,
          threads: threads)
        let (batch, source) = made.batch(
          steps: 5, sourceSteps: 9, sequences: sequences, using: &random)
        _ = workspace.gradient(Batch(batch, source: source))
        return network.parameterNames.map { network.gradient(of: $0) }
      }
      for other in gradients.dropFirst() { #expect(other == gradients[0]) }
    }
  }

  /// What a larger batch has left behind does not show.
  @Test(arguments: DecoderNetwork.Kind.allCases) func everyBatchStandsForItself(
    _ kind: DecoderNetwork.Kind
  ) throws {
    let made = DecoderNetwork(kind: kind, cell: .lstm, hidden: 8)
    let network = try Network(made.model, seed: 9)
    let workspace = Workspace(
      network, steps: 5, sourceSteps: 20, sequences: 9, mode: .training, threads: 1)
    var random = ReferenceRandom(seed: 10)
    for (sequences, sourceSteps) in [(9, 20), (4, 3), (9, 17), (5, 20)] {
      let (batch, source) = made.batch(
        steps: 5, sourceSteps: sourceSteps, sequences: sequences, using: &random)
      let fresh = Workspace(
        network, steps: 5, sourceSteps: 20, sequences: 9, mode: .training, threads: 1)
      let expected = fresh.gradient(Batch(batch, source: source))
      #expect(workspace.gradient(Batch(batch, source: source)) == expected)
    }
  }

  @Test(arguments: networks) func itsMemoryIsKnownBefore(_ made: DecoderNetwork) throws {
    let network = try Network(made.model)
    let size = try MemorySize(made.model)
    #expect(size.network == Double(network.byteCount))
    for (steps, sourceSteps, sequences) in Self.shapes {
      for mode in [Workspace.Mode.training, .inference] {
        let workspace = Workspace(
          network, steps: steps, sourceSteps: sourceSteps, sequences: sequences, mode: mode,
          threads: 1)
        #expect(
          size.workspace(
            steps: steps, sourceSteps: sourceSteps, sequences: sequences, mode: mode)
            == Double(workspace.byteCount))
      }
    }
  }

  @Test func theDescriptionKnowsItsScheme() {
    let schemes = DecoderNetwork.Kind.allCases.map {
      DecoderNetwork(kind: $0, cell: .gru, hidden: 8).model.scheme
    }
    #expect(
      schemes == [
        .manyToManyDelayed, .manyToManyDelayed, .manyToManyDelayed, .manyToManyDelayed, .oneToMany,
        .manyToManyDelayed, .manyToManyDelayed,
      ])
  }

  @Test func whatHasNoPlaceInADecoder() {
    let encoder = ModelDescription.Encoder(input: .tokens(4)) { Embedding(3) }
    let refused: [(ModelDescription.Encoder?, [LayerDescription])] = [
      (nil, [.embedding(size: 4), .attention(size: 3)]),
      (nil, [.embedding(size: 4), .repeatOverTime]),
      (encoder, [.attention(size: 3)]),
      (encoder, [.embedding(size: 4), .attention(size: 0)]),
      (encoder, [.embedding(size: 4), .attention(size: 3), .attention(size: 3)]),
      (encoder, [.embedding(size: 4), .bidirectional(cell: .gru, hidden: 4)]),
      (encoder, [.recurrent(cell: .gru, hidden: 4), .lastStep]),
      (.init(input: .tokens(4), layers: []), [.recurrent(cell: .gru, hidden: 4)]),
      (
        .init(input: .tokens(4), layers: [.embedding(size: 3), .attention(size: 3)]),
        [.recurrent(cell: .gru, hidden: 4)]
      ),
      (
        .init(input: .tokens(4), layers: [.embedding(size: 3), .meanOverTime]),
        [.recurrent(cell: .gru, hidden: 4), .attention(size: 3)]
      ),
    ]
    for (encoder, layers) in refused {
      #expect(throws: ModelDescriptionError.self) {
        try ModelDescription(
          input: .tokens(5), output: .softmax(5), encoder: encoder, layers: layers
        ).validate()
      }
    }
  }
}
