import Refrain
import TestSupport
import Testing

/// Causal convolutions: outputs and gradients against the reference in double precision, and what they keep.
struct ConvolutionTests {
  static let sizes = [1, 7, 8, 9, 17, 33]

  private static func layers(_ size: Int) -> [ReferenceLayer<Double>] {
    [
      .embedding(size: 9), .convolution(.init(outputs: size, width: 3, activation: .relu)),
      .layerNorm,
      .convolution(
        .init(outputs: size, width: 2, dilation: 5, activation: .tanh, isResidual: true)),
      .convolution(.init(outputs: 5, width: 1)), .denseReLU(outputs: size),
      .convolution(.init(outputs: 17, width: 5, dilation: 2)),
    ]
  }

  private static func reference(_ size: Int, using random: inout ReferenceRandom)
    -> ReferenceNetwork<Double>
  {
    ReferenceNetwork<Double>.random(vocabulary: 11, layers: layers(size), using: &random)
      .converted(to: Float.self).converted(to: Double.self)
  }

  /// Batches of few and of many sequences, shorter than what the layers see and longer, with documents that
  /// begin inside and from a state.
  @Test(arguments: KernelChoice.allCases.filter(\.isAvailable), sizes)
  func outputsAndGradientsAreThoseOfTheReference(_ kernels: KernelChoice, size: Int) throws {
    var random = ReferenceRandom(seed: UInt64(size))
    let reference = Self.reference(size, using: &random)
    for (steps, sequences, threads) in [(1, 1, 1), (4, 3, 2), (13, 2, 3), (9, 19, 2), (12, 33, 2)] {
      let batch = ReferenceBatch.random(
        steps: steps, sequences: sequences, vocabulary: 11, using: &random)
      let state = reference.randomState(sequences: sequences, using: &random)
        .map { $0.converted(to: Float.self).converted(to: Double.self) }
      let expected = reference.step(batch, from: state)
      let network = try fastNetwork(reference)
      let workspace = Workspace(
        network, steps: steps + 1, sequences: sequences + 2, mode: .training, threads: threads,
        kernels: kernels)
      workspace.setState(fastState(state, of: workspace, sequences: sequences))
      let loss = workspace.gradient(fastBatch(batch))
      #expect(relativeError([loss], [expected.loss]) < 2e-5)
      let largest = expected.gradients.values.map(\.largest).max()!
      for (name, gradient) in expected.gradients {
        let error = relativeError(network.gradient(of: name).map(Double.init), gradient.values)
        #expect(
          error * gradient.largest < 2e-4 * max(gradient.largest, 1e-3 * largest),
          "\(name), \(steps) × \(sequences)")
      }
      let final = fastState(expected.state, of: workspace, sequences: sequences)
      for (vector, expected) in zip(
        workspace.state(sequences: sequences).vectors, final.vectors)
      {
        #expect(
          relativeError(vector.values.map(Double.init), expected.values.map(Double.init)) < 2e-5)
      }
    }
  }

  // MARK: - State

  private let description = ModelDescription(input: .tokens(9), output: .softmax(9)) {
    Embedding(5)
    Convolution(17, width: 3, dilation: 2, activation: .relu)
    LayerNorm()
    Convolution(17, width: 2, dilation: 7, activation: .tanh, residual: true)
  }

  private func workspace(
    steps: Int, sequences: Int, threads: Int = 1, weights: WeightFormat = .f32
  ) throws -> Workspace {
    Workspace(
      try Network(description), steps: steps, sequences: sequences, mode: .inference,
      weights: weights, threads: threads)
  }

  private func batch(_ steps: Int, _ sequences: Int, seed: UInt64, starts: Bool = true) -> Batch {
    var random = ReferenceRandom(seed: seed)
    var batch = ReferenceBatch.random(
      steps: steps, sequences: sequences, vocabulary: 9, using: &random)
    if !starts { batch.starts = batch.starts.map { _ in false } }
    return fastBatch(batch)
  }

  private func part(_ batch: Batch, _ steps: Range<Int>) -> Batch {
    let all = steps.lowerBound * batch.sequences..<steps.upperBound * batch.sequences
    return Batch(
      steps: steps.count, sequences: batch.sequences, tokens: Array(batch.tokens[all]),
      targets: Array(batch.targets[all]), starts: Array(batch.starts[all]))
  }

  /// However a text is cut into batches, each step's output has the same bits.
  @Test(arguments: [1, 2, 3], [1, 4, 33])
  func whereABatchEndsDoesNotMatter(threads: Int, sequences: Int) throws {
    for starts in [true, false] {
      let batch = batch(20, sequences, seed: 3, starts: starts)
      let whole = try workspace(steps: 20, sequences: sequences, threads: threads)
      whole.forward(batch)
      for cuts in [Array(0...20), [0, 1, 3, 9, 20], [0, 12, 13, 20]] {
        let parts = try workspace(steps: 20, sequences: sequences, threads: threads)
        for (first, last) in zip(cuts, cuts.dropFirst()) {
          parts.forward(part(batch, first..<last))
          for sequence in 0..<sequences {
            for step in first..<last {
              #expect(
                parts.logits(step: step - first, sequence: sequence)
                  == whole.logits(step: step, sequence: sequence))
            }
          }
        }
        #expect(parts.state() == whole.state())
      }
    }
  }

  @Test(arguments: WeightFormat.allCases)
  func textIsGeneratedAsItWasRead(_ weights: WeightFormat) throws {
    let tokens = batch(30, 1, seed: 4).tokens
    let whole = try workspace(steps: 30, sequences: 1, weights: weights)
    whole.forward(Batch(steps: 30, sequences: 1, tokens: tokens, targets: tokens))
    let generator = Generator(whole.network, weights: weights, threads: 1)
    generator.read(Array(tokens[..<9]))
    for step in 9..<30 {
      #expect(generator.logits == whole.logits(step: step - 1))
      generator.read(tokens[step])
    }
    let state = generator.state
    generator.read(3)
    let outputs = generator.logits
    generator.reset()
    generator.read(3)
    #expect(generator.logits != outputs)
    generator.state = state
    generator.read(3)
    #expect(generator.logits == outputs)
  }

  /// What a sequence reads before a document begins changes nothing after that.
  @Test func aDocumentKnowsNothingOfTheOneBefore() throws {
    var batch = batch(9, 2, seed: 5, starts: false)
    batch.starts[4 * 2] = true
    let workspace = try workspace(steps: 9, sequences: 2)
    workspace.forward(batch)
    let outputs = (4..<9).map { workspace.logits(step: $0) }
    let other = workspace.logits(step: 8, sequence: 1)
    workspace.resetState()
    for step in 0..<4 {
      for sequence in 0..<2 {
        let place = step * 2 + sequence
        batch.tokens[place] = (batch.tokens[place] + 1) % 9
      }
    }
    workspace.forward(batch)
    #expect((4..<9).map { workspace.logits(step: $0) } == outputs)
    #expect(workspace.logits(step: 8, sequence: 1) != other)
  }

  @Test func aSequenceThatTheBatchBeforeDidNotHaveBeginsWithZero() throws {
    let workspace = try workspace(steps: 9, sequences: 4)
    workspace.forward(batch(9, 4, seed: 1))
    workspace.forward(batch(9, 2, seed: 2))
    let two = workspace.state(sequences: 2)
    for (vector, first) in zip(workspace.state().vectors, two.vectors) {
      let own = 2 * vector.hidden
      #expect(Array(vector.values[..<own]) == first.values)
      #expect(vector.values[own...].allSatisfy { $0 == 0 })
    }
    #expect(two.vectors.map(\.hidden) == [4 * 5, 7 * 17] && two.vectors.map(\.layer) == [1, 3])
    let state = workspace.state()
    workspace.forward(batch(3, 1, seed: 2))
    workspace.setState(state)
    #expect(workspace.state() == state)
  }

  /// A window of three steps is a dense layer over the three side by side.
  @Test func aWindowIsADenseLayerOverItsSteps() throws {
    let network = try Network(
      ModelDescription(input: .frames(2), output: .linear(loss: .meanSquaredError)) {
        Convolution(1, width: 3)
      })
    network.setValues(of: "layers.0.weight", to: [1, 10, 100, 0.5, 0.25, 0.125])
    network.setValues(of: "layers.0.bias", to: [1000])
    #expect(network.shape(of: "layers.0.weight") == [1, 2, 3])
    let workspace = Workspace(network, steps: 3, sequences: 1, mode: .inference)
    let table = FrameTable(size: 2)
    for frame in [[1, 8], [2, 16], [4, 32]] as [[Float]] { table.append(frame) }
    workspace.frames = table
    workspace.forward(
      Batch(
        steps: 3, sequences: 1, tokens: [0, 1, 2],
        targets: [Int32](repeating: Batch.uncounted, count: 3)))
    #expect(workspace.frame(step: 0) == [1000 + 100 + 1])
    #expect(workspace.frame(step: 1) == [1000 + 10 + 200 + 2 + 2])
    #expect(workspace.frame(step: 2) == [1000 + 1 + 20 + 400 + 4 + 4 + 4])
  }
}
