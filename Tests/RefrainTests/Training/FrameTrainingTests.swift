import Foundation
import Refrain
import TestSupport
import Testing

extension TrainingTests {
  /// Networks of frames are trained and go on as those of text do.
  @Suite("Training on frames")
  struct FrameTrainingTests {
    enum Arrangement: String, CaseIterable {
      case streams, windows, labels
    }

    private static let steps = 24
    private static let size = 5
    /// Frames of each recording.
    private static let lengths = (training: [30, 3, 19, 1, 25], validation: [12, 14])

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
      case .labels:
        try Network(
          ModelDescription(input: .frames(Self.size), output: .labels(Self.size)) {
            GRU(9)
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

    /// Recordings of values that swing, each at its own pace; of labels, those above zero are true.
    private func corpus(
      _ arrangement: Arrangement, _ lengths: [Int], seed: UInt64
    ) -> FrameCorpus {
      var random = ReferenceRandom(seed: seed)
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
          table.append(arrangement == .labels ? value.map { $0 > 0 ? 1 : 0 } : value)
        }
      }
      return FrameCorpus(table)
    }

    private func trainer(
      _ arrangement: Arrangement, _ file: ModelFile? = nil, threads: Int = 1, steps: Int = steps,
      rate: Double? = nil, lengths: (training: [Int], validation: [Int]) = Self.lengths
    ) throws -> Trainer {
      try Trainer(
        file?.network ?? network(arrangement),
        training: corpus(arrangement, lengths.training, seed: 1),
        validation: corpus(arrangement, lengths.validation, seed: 2),
        configuration: TrainingTests.configuration {
          if arrangement == .windows { $0.batchSize = 7 }
          if let rate { $0.learningRate = rate }
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
      try await withTemporaryFolder { folder in
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

    /// It learns: better than to predict that every frame is the mean of all, or like the last one.
    @Test(arguments: [Arrangement.streams, .windows])
    func theLossFalls(_ arrangement: Arrangement) async throws {
      let trainer = try trainer(arrangement, steps: 300)
      let events = try await TrainingTests.events(of: trainer)
      let losses = events.compactMap(\.evaluation).map(\.loss)
      let (first, last) = (try #require(losses.first), try #require(losses.last))
      #expect(last < (arrangement == .streams ? first - 0.5 : 0.7 * first), "\(first), \(last)")
      #expect(events.last?.end == .finished)
    }

    /// Who knows only how often each label is true loses 3.4 nats per frame; the network knows from the past
    /// when a sign will change. Few recordings would not do: it learns by heart how their five swings lie to
    /// each other.
    @Test func labelsAreLearned() async throws {
      let lengths = (
        training: [Int](repeating: 20, count: 40), validation: [Int](repeating: 20, count: 10)
      )
      let table = corpus(.labels, lengths.validation, seed: 2).table
      let frequencies = (0..<Self.size).map { label in
        Double((0..<table.count).reduce(0) { $0 + table[$1][label] }) / Double(table.count)
      }
      let known = frequencies.reduce(0) { $0 - $1 * log($1) - (1 - $1) * log(1 - $1) }
      #expect((3.3...3.5).contains(known), "\(known)")
      let events = try await TrainingTests.events(
        of: trainer(.labels, steps: 300, lengths: lengths))
      let loss = try #require(events.compactMap(\.evaluation).last?.loss)
      #expect(loss < 0.5 * known, "\(loss), \(known)")
      #expect(events.last?.end == .finished)
    }

    @Test func labelsThatRunAwayEndTheTraining() async throws {
      let events = try await TrainingTests.events(of: trainer(.labels, steps: 300, rate: 1000))
      guard case .diverged(let loss, _) = events.last?.end else {
        Issue.record("\(String(describing: events.last))")
        return
      }
      #expect(loss.isFinite && loss > 3 * Double(Self.size) * 0.69)
    }
  }
}
