import Refrain
import TestSupport
import Testing

extension TrainingTests {
  /// Networks of frames are trained and go on as those of text do.
  @Suite("Training on frames")
  struct FrameTrainingTests {
    enum Arrangement: String, CaseIterable {
      case streams, windows
    }

    private static let steps = 24
    private static let size = 5

    private func network(_ arrangement: Arrangement) throws -> Network {
      switch arrangement {
      case .streams:
        try Network(
          ModelDescription(
            input: .frames(Self.size),
            output: .mixture(components: 2, size: Self.size, history: 3)
          ) {
            Noise(0.1)
            LSTM(9)
            Dropout(0.2)
          }, seed: 3)
      case .windows:
        try Network(
          ModelDescription(
            input: .frames(Self.size), output: .linear(loss: .meanSquaredError)
          ) {
            BatchNorm()
            LSTM(9)
            Dropout(0.2)
            LastStep()
            Dense(6, activation: .tanh, weightDecay: 0.01)
            BatchNorm()
            Dense(Self.size)
          }, seed: 3)
      }
    }

    /// Recordings of values that swing, each at its own pace.
    private func corpus(_ lengths: [Int], seed: UInt64) -> FrameCorpus {
      var random = TwinRandom(seed: seed)
      let table = FrameTable(size: Self.size)
      for length in lengths {
        table.beginRecording()
        var (value, speed) = ([Float](repeating: 1, count: Self.size), [Float]())
        speed = value.map { _ in .random(in: -0.5...0.5, using: &random) }
        for _ in 0..<length {
          for i in value.indices {
            value[i] += speed[i]
            speed[i] -= 0.1 * value[i]
          }
          table.append(value)
        }
      }
      return FrameCorpus(table)
    }

    private func trainer(
      _ arrangement: Arrangement, _ file: ModelFile? = nil, threads: Int = 1, steps: Int = steps
    ) throws -> Trainer {
      try Trainer(
        file?.network ?? network(arrangement),
        training: corpus([30, 3, 19, 1, 25], seed: 1), validation: corpus([12, 14], seed: 2),
        configuration: TrainingTests.configuration {
          if arrangement == .windows { $0.batchSize = 7 }
        }, limits: TrainingLimits(steps: steps), continuing: file?.training, threads: threads)
    }

    /// Stopped at any step, read from the model file and gone on with any number of threads.
    @Test(arguments: Arrangement.allCases)
    func everyStepIsAPlaceToStop(_ arrangement: Arrangement) async throws {
      let straight = try trainer(arrangement)
      try await TrainingTests.events(of: straight)
      #expect(straight.progress.epoch >= 2, "the places to stop lie in several epochs")
      let expected = try TrainingTests.bytes(straight)
      let source = try trainer(arrangement)
      try await ModelFileTests.withTemporaryFolder { folder in
        for step in 1..<Self.steps {
          try await TrainingTests.train(source, to: step)
          let path = "\(folder)/\(step)"
          try ModelFile(network: source.network, training: source.checkpoint()).write(to: path)
          let resumed = try trainer(
            arrangement, ModelFile(contentsOf: path), threads: step % 3 + 1)
          #expect(resumed.progress.step == step)
          try await TrainingTests.events(of: resumed)
          #expect(try TrainingTests.bytes(resumed) == expected, "stopped at step \(step)")
        }
      }
    }

    /// It learns: better than to say that every frame is the mean of all, or like the last one.
    @Test(arguments: Arrangement.allCases)
    func theLossFalls(_ arrangement: Arrangement) async throws {
      let trainer = try trainer(arrangement, steps: 300)
      let events = try await TrainingTests.events(of: trainer)
      let losses = events.compactMap(\.evaluation).map(\.loss)
      let (first, last) = (try #require(losses.first), try #require(losses.last))
      #expect(last < (arrangement == .windows ? 0.7 * first : first - 0.5), "\(first), \(last)")
      #expect(events.last?.end == .finished)
    }
  }
}
