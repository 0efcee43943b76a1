import Refrain
import TestSupport
import Testing

extension TrainingTests {
  /// Networks of convolutions are trained in streams, as recurrent ones are.
  @Suite("Convolutions")
  struct ConvolutionTrainingTests {
    private func trainer(_ file: ModelFile? = nil, steps: Int, threads: Int = 1) throws -> Trainer {
      let description = ModelDescription(
        input: .tokens(TrainingTests.vocabulary), output: .softmax(TrainingTests.vocabulary)
      ) {
        Embedding(5)
        Convolution(9, width: 3, dilation: 4, activation: .relu)
        Dropout(0.1)
        LayerNorm()
        Convolution(9, width: 2, activation: .tanh, residual: true)
      }
      return try Trainer(
        file?.network ?? Network(description, seed: 3),
        training: TrainingTests.walk(331, documents: [0, 30, 31, 200]),
        validation: TrainingTests.walk(90, documents: [0, 40], seed: 2),
        configuration: TrainingTests.configuration(), limits: TrainingLimits(steps: steps),
        continuing: file?.training, threads: threads)
    }

    @Test func everyStepIsAPlaceToStop() async throws {
      let steps = 20
      let straight = try trainer(steps: steps)
      try await TrainingTests.events(of: straight)
      let expected = try TrainingTests.bytes(straight)
      let source = try trainer(steps: steps)
      try await withTemporaryFolder { folder in
        for step in 1..<steps {
          try await TrainingTests.train(source, to: step)
          let path = "\(folder)/\(step)"
          try ModelFile(network: source.network, training: source.checkpoint()).write(to: path)
          let resumed = try trainer(
            ModelFile(contentsOf: path), steps: steps, threads: step % 3 + 1)
          try await TrainingTests.events(of: resumed)
          #expect(try TrainingTests.bytes(resumed) == expected, "stopped at step \(step)")
        }
      }
    }

    /// Of the next token, one of two that follow each, a network can know all but a choice of two.
    @Test func learns() async throws {
      let trainer = try trainer(steps: 300)
      let events = try await TrainingTests.events(of: trainer)
      let losses = events.compactMap { $0.step?.loss }
      #expect(try #require(losses.first) > 1.5)
      #expect(try #require(losses.last) < 0.95)
    }
  }
}
