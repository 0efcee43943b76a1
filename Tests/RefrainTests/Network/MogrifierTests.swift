import Refrain
import TestSupport
import Testing

/// LSTMs before whose steps input and previous output alter each other.
struct MogrifierTests {
  private static let kernels = KernelChoice.allCases.filter(\.isAvailable)
  private static let sizes = [1, 7, 8, 9, 17, 33]

  private func network(_ cell: CellKind, _ hidden: Int) throws -> Network {
    try Network(
      ModelDescription(input: .tokens(9), output: .softmax(9)) {
        Embedding(17)
        Recurrent(cell, hidden)
      }, seed: 3)
  }

  private func batch(_ steps: Int, _ sequences: Int, starts: Bool, seed: UInt64 = 5) -> Batch {
    var random = ReferenceRandom(seed: seed)
    var batch = ReferenceBatch.random(
      steps: steps, sequences: sequences, vocabulary: 9, using: &random)
    if !starts { batch.starts = batch.starts.map { _ in false } }
    return fastBatch(batch)
  }

  @Test func itsMatricesAreNamedAndShapedAsInThePaper() throws {
    let network = try network(.mogrifierLSTM, 5)
    let shapes = network.parameterNames.filter { $0.hasPrefix("layers.1.") }.map {
      "\($0.dropFirst(9)) \(network.shape(of: $0))"
    }
    #expect(
      shapes == [
        "weight_ih [20, 17]", "weight_hh [20, 5]", "bias [20]", "mogrifier_q1 [17, 5]",
        "mogrifier_r2 [5, 17]", "mogrifier_q3 [17, 5]", "mogrifier_r4 [5, 17]",
        "mogrifier_q5 [17, 5]",
      ])
    let bias = network.values(of: "layers.1.bias")
    #expect(bias.indices.allSatisfy { (bias[$0] == 1) == (5..<10).contains($0) })
  }

  // MARK: - Against the reference

  @Test(arguments: kernels, sizes)
  func sizesAgreeWithTheReference(_ kernels: KernelChoice, hidden: Int) throws {
    for inputs in Self.sizes {
      for (steps, sequences) in [(1, 1), (6, 3), (4, 37)] {
        var random = ReferenceRandom(seed: UInt64(hidden * 100 + inputs + steps))
        let batch = ReferenceBatch.random(
          steps: steps, sequences: sequences, vocabulary: 9, using: &random)
        try compare(
          [.embedding(size: inputs), .recurrent(.mogrifierLSTM, hidden: hidden)], batch, kernels,
          &random)
      }
    }
  }

  @Test(arguments: kernels, sizes)
  func bothDirectionsAgreeWithTheReference(_ kernels: KernelChoice, hidden: Int) throws {
    for sequences in [1, 5, 33] {
      var random = ReferenceRandom(seed: UInt64(hidden * 100 + sequences))
      let batch = ReferenceBatch.random(
        steps: 6, sequences: sequences, vocabulary: 9, using: &random
      ).withRandomLengths(using: &random)
      try compare(
        [
          .embedding(size: 9), .bidirectional(.recurrent(.mogrifierLSTM, hidden: hidden)),
          .recurrent(.mogrifierLSTM, hidden: 17),
        ], batch, kernels, &random)
    }
  }

  private func compare(
    _ layers: [ReferenceLayer<Double>], _ batch: ReferenceBatch, _ kernels: KernelChoice,
    _ random: inout ReferenceRandom
  ) throws {
    // Rounded once, so that both networks have the same numbers.
    let reference = ReferenceNetwork<Double>.random(vocabulary: 9, layers: layers, using: &random)
      .converted(to: Float.self).converted(to: Double.self)
    let state = reference.randomState(sequences: batch.sequences, using: &random)
      .map { $0.converted(to: Float.self).converted(to: Double.self) }
    let expected = reference.step(batch, from: state)
    let network = try fastNetwork(reference)
    let workspace = Workspace(
      network, steps: batch.steps + 1, sequences: batch.sequences + 2, mode: .training,
      threads: .random(in: 1...3, using: &random), kernels: kernels)
    workspace.setState(fastState(state, of: workspace, sequences: batch.sequences))
    let loss = workspace.gradient(fastBatch(batch))
    #expect(relativeError([loss], [expected.loss]) < 2e-5)
    let largest = expected.gradients.values.map(\.largest).max()!
    for (name, gradient) in expected.gradients {
      let found = network.gradient(of: name).map(Double.init)
      let error = zip(found, gradient.values).map { abs($0 - $1) }.max()!
      #expect(error < 2e-4 * max(gradient.largest, 1e-3 * largest), "\(name)")
    }
    let final = fastState(expected.state, of: workspace, sequences: batch.sequences)
    let values = workspace.state(sequences: batch.sequences).vectors
    for (vector, expected) in zip(values, final.vectors) {
      #expect(
        relativeError(vector.values.map(Double.init), expected.values.map(Double.init)) < 2e-5)
    }
  }

  // MARK: - What follows from its formula

  /// Factors of one, which matrices of zeros make, leave an LSTM.
  @Test(arguments: [1, 3, 20], [false, true])
  func withoutItsMatricesItIsAnLSTM(_ sequences: Int, starts: Bool) throws {
    let (mogrifier, lstm) = (try network(.mogrifierLSTM, 17), try network(.lstm, 17))
    for name in mogrifier.parameterNames {
      if name.contains("mogrifier") {
        mogrifier.setValues(of: name, to: mogrifier.values(of: name).map { _ in 0 })
      } else {
        lstm.setValues(of: name, to: mogrifier.values(of: name))
      }
    }
    let workspaces = [mogrifier, lstm].map {
      Workspace($0, steps: 7, sequences: sequences, mode: .training)
    }
    for seed in 1...2 as ClosedRange<UInt64> {
      let batch = batch(7, sequences, starts: starts, seed: seed)
      #expect(workspaces[0].gradient(batch) == workspaces[1].gradient(batch))
      for name in lstm.parameterNames {
        let (found, expected) = (mogrifier.gradient(of: name), lstm.gradient(of: name))
        #expect(relativeError(found.map(Double.init), expected.map(Double.init)) < 1e-5)
      }
    }
    #expect(workspaces[0].state() == workspaces[1].state())
  }

  /// Step by step, as text is generated, the network's outputs are those of all steps at once.
  @Test(arguments: [1, 17, 64]) func oneStepAtATimeSaysTheSame(hidden: Int) throws {
    let network = try network(.mogrifierLSTM, hidden)
    let whole = Workspace(network, steps: 6, sequences: 3, mode: .inference)
    let single = Workspace(network, steps: 1, sequences: 3, mode: .inference, threads: 1)
    for seed in 1...2 as ClosedRange<UInt64> {
      let batch = batch(6, 3, starts: true, seed: seed)
      whole.forward(batch)
      for step in 0..<6 {
        let rows = step * 3..<step * 3 + 3
        single.forward(
          Batch(
            steps: 1, sequences: 3, tokens: Array(batch.tokens[rows]),
            targets: Array(batch.targets[rows]), starts: Array(batch.starts[rows])))
        for sequence in 0..<3 {
          let found = single.logits(step: 0, sequence: sequence)
          #expect(found == whole.logits(step: step, sequence: sequence))
        }
      }
      #expect(single.state() == whole.state())
    }
  }

  /// A generator, which carries the state from token to token, has the outputs of a pass over all of them.
  @Test func generatesWhatItSaysOfAllSteps() throws {
    let network = try network(.mogrifierLSTM, 33)
    let batch = batch(6, 1, starts: false)
    let whole = Workspace(network, steps: 6, sequences: 1, mode: .inference)
    whole.forward(batch)
    let generator = Generator(network)
    let (first, rest) = (batch.tokens.prefix(2), batch.tokens.dropFirst(2))
    generator.read(Array(first))
    let state = generator.state
    for (step, token) in rest.enumerated() {
      generator.read([token])
      #expect(generator.logits == whole.logits(step: step + 2))
    }
    generator.state = state
    generator.read(Array(rest))
    #expect(generator.logits == whole.logits(step: 5))
  }

  /// Where every sequence begins from nothing, the batch before does not matter, whatever its size.
  @Test func inBothDirectionsNothingIsLeftOfTheBatchBefore() throws {
    let description = ModelDescription(input: .tokens(9), output: .softmax(9)) {
      Embedding(7)
      Bidirectional(.mogrifierLSTM, 17)
    }
    let network = try Network(description)
    let used = Workspace(network, steps: 4, sequences: 5, mode: .training)
    let fresh = Workspace(network, steps: 4, sequences: 5, mode: .training)
    _ = used.gradient(batch(4, 2, starts: false, seed: 1))
    let batch = batch(4, 5, starts: false, seed: 2)
    #expect(used.gradient(batch) == fresh.gradient(batch))
  }
}
