import Refrain
import TestSupport
import Testing

/// What a workspace carries from batch to batch, and that its size does not matter.
struct WorkspaceTests {
  private let description = ModelDescription(input: .tokens(9), output: .softmax(9)) {
    LSTM(17)
    GRU(8)
  }

  /// A batch of 3 steps without documents that begin in it.
  private func batch(_ sequences: Int, seed: UInt64) -> Batch {
    var random = ReferenceRandom(seed: seed)
    var batch = ReferenceBatch.random(
      steps: 3, sequences: sequences, vocabulary: 9, using: &random)
    batch.starts = batch.starts.map { _ in false }
    return fastBatch(batch)
  }

  private func workspace(
    steps: Int = 3, sequences: Int, threads: Int = 1, mode: Workspace.Mode = .training
  ) throws -> Workspace {
    Workspace(
      try Network(description), steps: steps, sequences: sequences, mode: mode, threads: threads)
  }

  @Test func aSequenceThatTheBatchBeforeDidNotHaveBeginsWithZero() throws {
    let workspace = try workspace(sequences: 4)
    workspace.forward(batch(4, seed: 1))
    workspace.forward(batch(2, seed: 2))
    let two = workspace.state(sequences: 2)
    let all = workspace.state()
    for (vector, first) in zip(all.vectors, two.vectors) {
      let own = 2 * vector.hidden
      #expect(Array(vector.values[..<own]) == first.values)
      #expect(vector.values[own...].allSatisfy { $0 == 0 })
    }
    workspace.forward(batch(2, seed: 3))
    workspace.forward(batch(4, seed: 4))
    let fresh = try self.workspace(sequences: 4)
    fresh.forward(batch(4, seed: 4))
    for step in 0..<3 {
      for sequence in 2..<4 {
        #expect(
          workspace.logits(step: step, sequence: sequence)
            == fresh.logits(step: step, sequence: sequence))
      }
      #expect(workspace.logits(step: step) != fresh.logits(step: step))
    }
  }

  @Test func aStateThatIsSetIsReadBack() throws {
    let workspace = try workspace(sequences: 4)
    workspace.forward(batch(4, seed: 1))
    let state = workspace.state()
    workspace.forward(batch(1, seed: 2))
    workspace.setState(state)
    #expect(workspace.state() == state)
    workspace.resetState()
    #expect(workspace.state().vectors.allSatisfy { $0.values.allSatisfy { $0 == 0 } })
  }

  /// A workspace for more steps and sequences than the batch has leaves the same bits.
  @Test(arguments: [1, 2, 3]) func itsSizeDoesNotMatter(threads: Int) throws {
    for sequences in [1, 2, 13, 33, 64] {
      let exact = try workspace(sequences: sequences, threads: threads)
      let larger = try workspace(steps: 70, sequences: 70, threads: threads)
      for seed in 1...3 as ClosedRange<UInt64> {
        let batch = batch(sequences, seed: seed)
        #expect(exact.gradient(batch) == larger.gradient(batch))
        for name in exact.network.parameterNames {
          #expect(exact.network.gradient(of: name) == larger.network.gradient(of: name))
        }
      }
      #expect(exact.state(sequences: sequences) == larger.state(sequences: sequences))
    }
  }

  /// Whatever the groups that the sequences of a large batch lie in, each has the outputs that it has alone.
  @Test(arguments: [31, 32, 33, 47, 64, 100], [1, 2, 3])
  func everySequenceSaysWhatItSaysAlone(_ sequences: Int, threads: Int) throws {
    let batch = batch(sequences, seed: 6)
    let all = try workspace(sequences: sequences, threads: threads, mode: .inference)
    let alone = try workspace(sequences: 1, mode: .inference)
    all.forward(batch)
    for sequence in 0..<sequences {
      let own = (0..<3).map { batch.tokens[$0 * sequences + sequence] }
      alone.resetState()
      alone.forward(Batch(steps: 3, sequences: 1, tokens: own, targets: own))
      for step in 0..<3 {
        let logits = all.logits(step: step, sequence: sequence)
        let expected = alone.logits(step: step)
        #expect(zip(logits, expected).allSatisfy { abs($0 - $1) < 1e-5 }, "\(sequence), \(step)")
      }
    }
  }

  /// Step by step, as text is generated, the network's outputs are those of all steps at once.
  @Test func oneStepAtATimeSaysTheSame() throws {
    let batch = batch(1, seed: 5)
    let whole = try workspace(sequences: 1, mode: .inference)
    whole.forward(batch)
    let single = try workspace(steps: 1, sequences: 1, mode: .inference)
    for step in 0..<3 {
      single.forward(
        Batch(
          steps: 1, sequences: 1, tokens: [batch.tokens[step]], targets: [batch.targets[step]]))
      #expect(single.logits(step: 0) == whole.logits(step: step))
    }
    #expect(single.state() == whole.state())
  }
}
