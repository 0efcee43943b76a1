import Foundation
import Refrain
import RefrainRuns
import TestSupport
import Testing

extension TrainingTests {
  /// A run with its folder, stopped after any of 300 steps: the model file and `metrics.csv` are those of the
  /// run that was not stopped.
  @Suite("Exact resume")
  struct ExactResumeTests {
    private static let steps = 300

    struct Case: CustomTestStringConvertible, Sendable {
      let testDescription: String
      let cell: CellKind
      let optimizer: Optimizer
      let schedule: Schedule
    }

    static let cases = [
      Case(
        testDescription: "LSTM, Adam, cosine", cell: .lstm, optimizer: .adam(),
        schedule: Schedule(.cosine(), warmup: 20)),
      Case(
        testDescription: "GRU, AdamW, constant", cell: .gru, optimizer: .adamW(weightDecay: 0.1),
        schedule: Schedule()),
      Case(
        testDescription: "RNN, RMSProp, steps", cell: .rnn, optimizer: .rmsProp(),
        schedule: Schedule(.step(every: 40))),
      Case(
        testDescription: "LSTM, SGD with momentum, plateau", cell: .lstm,
        optimizer: .sgd(momentum: 0.9), schedule: Schedule(.plateau(patience: 1, factor: 0.7))),
    ]

    private func trainer(
      _ test: Case, _ file: ModelFile? = nil, threads: Int, steps: Int = Self.steps
    ) throws -> Trainer {
      try Trainer(
        file?.network ?? TrainingTests.network(test.cell, dropout: 0.2),
        training: TrainingTests.walk(331, documents: [0, 30, 31, 200]),
        validation: TrainingTests.walk(90, documents: [0, 40], seed: 2),
        configuration: TrainingTests.configuration {
          $0.optimizer = test.optimizer
          $0.schedule = test.schedule
          $0.saveEvery = 1
        }, limits: TrainingLimits(steps: steps), continuing: file?.training, threads: threads)
    }

    private struct NothingToTell: MaterialRecord {
      var sampleEvery = 13
      var keep: Int?

      func isPossible(with description: ModelDescription) -> Bool { true }
    }

    /// Trains in a folder up to the first checkpoint of a step, or to the end, and saves there and nowhere
    /// else.
    private func train(_ trainer: Trainer, in folder: RunFolder, to step: Int? = nil) async throws {
      let recorder = try RunRecorder(
        trainer, folder: folder, vocabulary: nil, name: "test", record: NothingToTell())
      for try await event in trainer {
        switch event {
        case .checkpoint: if trainer.progress.step == step { return try recorder.save() }
        case .end: try recorder.save()
        case .step, .evaluation: _ = try recorder.record(event)
        }
      }
    }

    /// The model and the lines of `metrics.csv` without what the clock decides.
    private func contents(_ folder: RunFolder) throws -> (model: Data, lines: [String]) {
      let metrics = try String(contentsOfFile: folder.metrics, encoding: .utf8)
      return (
        try Data(contentsOf: URL(filePath: folder.last)),
        metrics.split(separator: "\n").map { line in
          line.split(separator: ",", omittingEmptySubsequences: false).dropLast(2)
            .joined(separator: ",")
        }
      )
    }

    @Test(arguments: cases) func everyStepIsAPlaceToStop(_ test: Case) async throws {
      try await withTemporaryFolder { path in
        let whole = try RunFolder.create(at: path + "/straight")
        try await train(trainer(test, threads: 1), in: whole)
        let expected = try contents(whole)
        #expect(expected.lines.count > 60)
        let count = TestLength.count(short: 12, long: Self.steps)
        // The last one is after all steps, before they are evaluated.
        for step in (1...count).map({ $0 * Self.steps / count }) {
          let folder = try RunFolder.create(at: "\(path)/\(step)")
          try await train(trainer(test, threads: 1), in: folder, to: step)
          let file = try ModelFile(contentsOf: folder.resumable())
          #expect(file.training?.progress.step == step)
          try await train(trainer(test, file, threads: step % 4 + 1), in: folder)
          let found = try contents(folder)
          #expect(found.model == expected.model, "stopped at step \(step)")
          #expect(found.lines == expected.lines, "stopped at step \(step)")
          folder.remove()
        }
      }
    }

    /// In an evaluation, and in the last, which comes after a step that none is due at otherwise.
    @Test(arguments: [7, 28, 40]) func anEvaluationIsAPlaceToStop(at stop: Int) async throws {
      let test = Self.cases[3]
      let straight = try trainer(test, threads: 1, steps: 40)
      try await TrainingTests.events(of: straight)
      let file = try await stoppedInEvaluation(test, at: stop)
      #expect(file.training?.progress.step == stop)
      let resumed = try trainer(test, file, threads: 2, steps: 40)
      #expect(resumed.endBeforeStep == nil, "an evaluation is still to come")
      let events = try await TrainingTests.events(of: resumed)
      #expect(events.compactMap(\.evaluation).first?.step == stop)
      #expect(try TrainingTests.bytes(resumed) == TrainingTests.bytes(straight))
      #expect(resumed.endBeforeStep == .finished)
    }

    private func stoppedInEvaluation(_ test: Case, at step: Int) async throws -> ModelFile {
      let corpus = StoppingCorpus(text: TrainingTests.walk(90, documents: [0, 40], seed: 2))
      let trainer = try Trainer(
        TrainingTests.network(test.cell, dropout: 0.2),
        training: TrainingTests.walk(331, documents: [0, 30, 31, 200]), validation: corpus,
        configuration: TrainingTests.configuration {
          $0.optimizer = test.optimizer
          $0.schedule = test.schedule
          $0.saveEvery = 1
        }, limits: TrainingLimits(steps: 40), threads: 1)
      corpus.stop = { if trainer.progress.step == step { trainer.stop() } }
      let events = try await TrainingTests.events(of: trainer)
      #expect(events.last?.name == "checkpoint")
      #expect(!events.contains { $0.evaluation?.step == step })
      return ModelFile(network: trainer.network, training: trainer.checkpoint())
    }
  }
}

/// A validation text that does something when it is read.
private final class StoppingCorpus: TokenCorpus, @unchecked Sendable {
  private let text: InMemoryCorpus
  var stop: () -> Void = {}

  init(text: InMemoryCorpus) { self.text = text }

  var count: Int { text.count }

  func cursor(at position: Int) throws -> any TokenCursor {
    stop()
    return text.cursor(at: position)
  }
}
