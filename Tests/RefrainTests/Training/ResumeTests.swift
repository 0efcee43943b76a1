import Foundation
import Refrain
import TestSupport
import Testing

extension TrainingTests {
  @Suite("Resume")
  struct ResumeTests {
    struct Case: CustomTestStringConvertible {
      let name: String
      let cell: CellKind
      let optimizer: Optimizer
      let schedule: Schedule
      var isValidated = true

      var testDescription: String { name }
    }

    static let cases = [
      Case(
        name: "LSTM, Adam, cosine", cell: .lstm, optimizer: .adam(),
        schedule: Schedule(.cosine(), warmup: 4)),
      Case(
        name: "GRU, SGD, plateau of the training loss", cell: .gru, optimizer: .sgd(),
        schedule: Schedule(.plateau(patience: 1, factor: 0.7)), isValidated: false),
      Case(
        name: "RNN, RMSProp, steps", cell: .rnn, optimizer: .rmsProp(),
        schedule: Schedule(.step(every: 9))),
    ]

    private static let steps = 40

    private func trainer(
      _ test: Case, _ file: ModelFile? = nil, threads: Int = 1, following plan: StepPlan? = nil,
      limits: TrainingLimits = TrainingLimits(steps: steps),
      _ change: (inout TrainingConfiguration) -> Void = { _ in }
    ) throws -> Trainer {
      try Trainer(
        file?.network ?? TrainingTests.network(test.cell, dropout: 0.2),
        training: TrainingTests.walk(331, documents: [0, 30, 31, 200]),
        validation: test.isValidated ? TrainingTests.walk(90, documents: [0, 40], seed: 2) : nil,
        configuration: TrainingTests.configuration {
          $0.optimizer = test.optimizer
          $0.schedule = test.schedule
          change(&$0)
        }, limits: limits, continuing: file?.training,
        following: plan, threads: threads)
    }

    @Test(arguments: cases) func everyStepIsAPlaceToStop(_ test: Case) async throws {
      let straight = try trainer(test)
      try await TrainingTests.events(of: straight)
      let expected = try TrainingTests.bytes(straight)
      let source = try trainer(test)
      try await withTemporaryFolder { folder in
        for step in 1..<Self.steps {
          try await TrainingTests.train(source, to: step)
          let path = "\(folder)/\(step)"
          try ModelFile(network: source.network, training: source.checkpoint()).write(to: path)
          let resumed = try trainer(
            test, ModelFile(contentsOf: path), threads: step % 3 + 1)
          #expect(resumed.progress.step == step)
          try await TrainingTests.events(of: resumed)
          #expect(try TrainingTests.bytes(resumed) == expected, "stopped at step \(step)")
        }
      }
    }

    /// A model file whose progress has a plan, as minutes would have decided it.
    private func planned(_ test: Case, decided: Int, steps: Int) async throws -> ModelFile {
      let trainer = try trainer(test, limits: TrainingLimits(minutes: 1e9))
      try await TrainingTests.train(trainer, to: decided)
      var file = try SafeTensors(bytes: TrainingTests.bytes(trainer), path: "file")
      let plan = "{\"plan\":{\"decided\":\(decided),\"steps\":\(steps)},"
      file.metadata["progress"] = plan + file.metadata["progress"]!.dropFirst()
      return try withTemporaryFolder { folder in
        try DurableFile.write(file.encoded(hashed: true), to: folder + "/file")
        return try ModelFile(contentsOf: folder + "/file")
      }
    }

    @Test func aPlanOfMinutesIsOneOfSteps() async throws {
      let test = Self.cases[0]
      let plan = StepPlan(decided: 12, steps: 33)
      let ends: [(TrainingLimits, StepPlan?, TrainingEnd)] = [
        (TrainingLimits(minutes: 1e9), plan, .timeIsUp),
        (TrainingLimits(steps: 33), nil, .finished),
      ]
      var weights: [[UInt8]] = []
      for (limits, followed, end) in ends {
        let trainer = try await trainer(
          test, planned(test, decided: 12, steps: 33), following: followed, limits: limits)
        #expect(try await TrainingTests.events(of: trainer).last?.end == end)
        #expect(trainer.progress.step == 33)
        #expect(trainer.progress.plan == StepPlan(decided: 12, steps: 33))
        weights.append(try ModelFile(network: trainer.network).encoded())
      }
      #expect(weights[0] == weights[1])
    }

    @Test func moreMinutesMakeANewPlan() async throws {
      let test = Self.cases[0]
      let file = try await planned(test, decided: 12, steps: 33)
      let longer = try trainer(test, file, limits: TrainingLimits(minutes: 2e9))
      #expect(longer.progress.plan == nil && longer.endBeforeStep == nil)
      // So do the same minutes once more, when the plan is done.
      let done = try await planned(test, decided: 12, steps: 12)
      let again = try trainer(test, done, limits: TrainingLimits(minutes: 1e9))
      #expect(again.progress.plan == nil && again.endBeforeStep == nil)
    }

    /// What the clock has decided is repeated without it: from the start, and from every place to stop.
    @Test(arguments: [1, 2, 4]) func aPlanWithRevisionsIsRepeated(threads: Int) async throws {
      let test = Self.cases[0]
      var plan = StepPlan(decided: 6, steps: 20)
      plan.revise(decided: 9, steps: 44)
      plan.revise(decided: 30, steps: 37)
      let limits = TrainingLimits(minutes: 1)
      let whole = try trainer(test, threads: 3, following: plan, limits: limits)
      whole.reportEvery = 1
      let rates = try await TrainingTests.events(of: whole).compactMap(\.step?.learningRate)
      let expected = try TrainingTests.bytes(whole)
      #expect(whole.progress.step == 37 && whole.progress.plan == plan)
      #expect(abs(rates[36] / 0.02 - 0.05) < 1e-12)
      let source = try trainer(test, threads: threads, following: plan, limits: limits)
      for step in 1..<37 {
        try await TrainingTests.train(source, to: step)
        let file = ModelFile(network: source.network, training: source.checkpoint())
        let read = try withTemporaryFolder { folder in
          try file.write(to: folder + "/file")
          return try ModelFile(contentsOf: folder + "/file")
        }
        let resumed = try trainer(test, read, threads: threads, following: plan, limits: limits)
        try await TrainingTests.events(of: resumed)
        #expect(try TrainingTests.bytes(resumed) == expected, "stopped at step \(step)")
      }
    }

    @Test func aSecondByTheClockIsRepeatedWithoutIt() async throws {
      let test = Self.cases[0]
      let limits = TrainingLimits(minutes: 0.02)
      let timed = try trainer(test, limits: limits)
      #expect(try await TrainingTests.events(of: timed).last?.end == .timeIsUp)
      // On a very busy machine, the time may be over before the first step.
      guard let plan = timed.progress.plan else { return #expect(timed.progress.step == 0) }
      let again = try trainer(test, threads: 2, following: plan, limits: limits)
      try await TrainingTests.events(of: again)
      #expect(try TrainingTests.bytes(again) == TrainingTests.bytes(timed))
    }

    @Test func moreStepsMoveThePlansEnd() async throws {
      let test = Self.cases[0]
      let file = try await planned(test, decided: 12, steps: 33)
      let more = try trainer(test, file, limits: TrainingLimits(steps: 90))
      #expect(more.progress.plan == StepPlan(decided: 12, steps: 90))
    }

    /// 82 tokens a stream are 16 batches of 5 steps; with half the streams there are 33 of them.
    @Test func otherBatchesGoOnAtTheSameShareOfTheEpoch() async throws {
      let test = Self.cases[0]
      let source = try trainer(test)
      try await TrainingTests.train(source, to: 24)
      let file = ModelFile(network: source.network, training: source.checkpoint())
      let resumed = try trainer(test, file, limits: TrainingLimits(epochs: 2)) {
        $0.batchSize = 2
      }
      #expect(resumed.progress.epoch == 1 && resumed.progress.batch == 16)
      try await TrainingTests.events(of: resumed)
      #expect(resumed.progress.epoch == 2 && resumed.progress.batch == 0)
      #expect(resumed.progress.step == 24 + 33 - 16)
    }

    @Test func anotherOptimizerBeginsAnew() async throws {
      let source = try trainer(Self.cases[1])
      try await TrainingTests.train(source, to: 10)
      let file = ModelFile(network: source.network, training: source.checkpoint())
      let resumed = try trainer(Self.cases[1], file) { $0.optimizer = .adam() }
      #expect(resumed.checkpoint().moments.map(\.name) == ["first_moment", "second_moment"])
      #expect(
        resumed.checkpoint().moments.allSatisfy {
          $0.values.allSatisfy { $0.allSatisfy { $0 == 0 } }
        })
      #expect(try await TrainingTests.events(of: resumed).last?.end == .finished)
    }

    @Test func anotherNetworkOrTextIsRefused() async throws {
      let source = try trainer(Self.cases[0])
      try await TrainingTests.train(source, to: 14)
      let checkpoint = source.checkpoint()
      #expect(throws: TrainingConfigurationError.otherTraining) {
        try Trainer(
          TrainingTests.network(.gru), training: TrainingTests.walk(331),
          configuration: TrainingTests.configuration(), continuing: checkpoint)
      }
      #expect(throws: TrainingConfigurationError.otherTraining) {
        try Trainer(
          TrainingTests.network(.lstm, dropout: 0.2), training: TrainingTests.walk(50),
          configuration: TrainingTests.configuration(), continuing: checkpoint)
      }
    }
  }
}
