import Refrain
import Testing

extension TrainingTests {
  @Suite("Trainer")
  struct TrainerTests {
    private func trainer(
      _ limits: TrainingLimits = TrainingLimits(), validation: (any TokenCorpus)? = nil,
      _ change: (inout TrainingConfiguration) -> Void = { _ in }
    ) throws -> Trainer {
      try Trainer(
        TrainingTests.network(), training: TrainingTests.walk(201), validation: validation,
        configuration: TrainingTests.configuration(change), limits: limits, threads: 1)
    }

    @Test func eventsComeInOrder() async throws {
      let trainer = try trainer(
        TrainingLimits(steps: 10), validation: TrainingTests.walk(60, seed: 2)
      ) { $0.evaluateEvery = 4 }
      let events = try await TrainingTests.events(of: trainer)
      // Seconds may add reports of steps, but change nothing else.
      var names: [String] = []
      for name in events.map(\.name) where name != "step" || names.last != "step" {
        names.append(name)
      }
      let round = ["step", "evaluation", "checkpoint"]
      #expect(names == ["checkpoint"] + round + round + round + ["end"])
      #expect(events.compactMap(\.evaluation).map(\.step) == [4, 8, 10])
      #expect(events.last?.end == .finished)
      #expect(trainer.progress.step == 10 && trainer.progress.epoch == 1)
      var iterator = trainer.makeAsyncIterator()
      #expect(try await iterator.next() == nil)
    }

    @Test func nobodyReadsNothingTrains() async throws {
      let trainer = try trainer()
      let before = try TrainingTests.bytes(trainer)
      var iterator = trainer.makeAsyncIterator()
      #expect(try await iterator.next()?.name == "checkpoint")
      #expect(try TrainingTests.bytes(trainer) == before)
      #expect(try await iterator.next()?.step?.step == 1)
      #expect(trainer.progress.step == 1)
    }

    @Test func aCancelledReaderEndsIt() async throws {
      let trainer = try trainer()
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await TrainingTests.events(of: trainer).count
      }
      #expect(try await task.value == 0)
      #expect(trainer.progress.step == 0)
    }

    @Test func epochsEndIt() async throws {
      let trainer = try trainer(TrainingLimits(steps: 1000, epochs: 3))
      #expect(try await TrainingTests.events(of: trainer).last?.end == .finished)
      // 50 tokens a stream, five at a time.
      #expect(trainer.progress.step == 30 && trainer.progress.epoch == 3)
      #expect(trainer.progress.batch == 0 && trainer.progress.plan?.steps == 30)
    }

    @Test func minutesEndIt() async throws {
      let trainer = try trainer(TrainingLimits(minutes: 1e-9))
      let events = try await TrainingTests.events(of: trainer)
      #expect(events.map(\.name) == ["checkpoint", "checkpoint", "end"])
      #expect(events.last?.end == .timeIsUp)
    }

    @Test func patienceEndsIt() async throws {
      let trainer = try trainer(validation: TrainingTests.walk(60, seed: 2)) {
        $0.learningRate = 0
        $0.evaluateEvery = 2
        $0.patience = 3
      }
      let events = try await TrainingTests.events(of: trainer)
      #expect(events.last?.end == .noImprovement(evaluations: 3))
      let evaluations = events.compactMap(\.evaluation)
      #expect(evaluations.map(\.isBest) == [true, false, false, false])
      #expect(evaluations.map(\.evaluationsSinceBest) == [0, 1, 2, 3])
      #expect(trainer.progress.bestStep == 2)
    }

    @Test func plateausLowerTheRate() async throws {
      let trainer = try trainer(
        TrainingLimits(steps: 12), validation: InMemoryCorpus(tokens: [1, 1, 1, 1])
      ) {
        // So small a rate changes no weight, so that no evaluation is better than the first.
        $0.learningRate = 1e-30
        $0.evaluateEvery = 2
        $0.schedule = Schedule(.plateau(patience: 2, factor: 0.5))
      }
      trainer.reportEvery = 1
      let rates = try await TrainingTests.events(of: trainer).compactMap(\.step?.learningRate)
      #expect(rates.map { $0 / 1e-30 } == [1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25])
    }

    @Test func withoutValidationTheTrainingLossDecides() async throws {
      let trainer = try trainer(TrainingLimits(steps: 40)) { $0.evaluateEvery = 10 }
      let events = try await TrainingTests.events(of: trainer)
      let evaluations = events.compactMap(\.evaluation)
      #expect(evaluations.map(\.step) == [10, 20, 30, 40])
      #expect(evaluations.allSatisfy { $0.loss == $0.trainingLoss })
      #expect(evaluations[3].loss < evaluations[0].loss && evaluations[0].isBest)
    }

    /// Single tokens between documents teach nothing, and count for nothing.
    @Test func theLossIsOneOfCountedTargets() async throws {
      let tokens = TrainingTests.tokens(41)
      // The second half of the stream, and with it of the batches, has no targets.
      let corpus = InMemoryCorpus(tokens: tokens, documentStarts: [0] + Array(20..<41))
      let trainer = try Trainer(
        TrainingTests.network(), training: corpus,
        configuration: TrainingTests.configuration {
          $0.batchSize = 1
          $0.sequenceLength = 10
          $0.evaluateEvery = 4
          $0.learningRate = 0
        }, limits: TrainingLimits(epochs: 1), threads: 1)
      let events = try await TrainingTests.events(of: trainer)
      let loss = try #require(events.compactMap(\.evaluation).first?.trainingLoss)
      let plain = try Evaluator(trainer.network, threads: 1).evaluate(corpus[0..<20]).loss
      #expect(abs(loss - plain) < 1e-5)
    }

    @Test func settingsOutOfRangeAreRefused() {
      #expect(throws: TrainingConfigurationError.self) { try trainer { $0.batchSize = 0 } }
      #expect(throws: TrainingConfigurationError.self) { try trainer { $0.evaluateEvery = 0 } }
      #expect(throws: TrainingConfigurationError.self) { try trainer { $0.clip = .infinity } }
      #expect(throws: TrainingConfigurationError.self) { try trainer(TrainingLimits(steps: -1)) }
      #expect(throws: TrainingConfigurationError.self) {
        try trainer(TrainingLimits(minutes: .nan))
      }
    }
  }
}
