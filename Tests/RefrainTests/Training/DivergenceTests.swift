import Refrain
import Testing

extension TrainingTests {
  @Suite("Divergence")
  struct DivergenceTests {
    /// A learning rate, and how often weights are evaluated and saved.
    @Test(arguments: [10, 1e10, 1e38, 1e300], [(1, 0), (1000, 1), (1000, 0)])
    func noCheckpointHasBadWeights(_ rate: Double, _ every: (evaluate: Int, save: Int)) async throws
    {
      let trainer = try Trainer(
        TrainingTests.network(), training: TrainingTests.walk(201),
        validation: TrainingTests.walk(60, seed: 2),
        configuration: TrainingTests.configuration {
          $0.learningRate = rate
          $0.batchSize = 8
          $0.sequenceLength = 8
          $0.evaluateEvery = every.evaluate
          $0.saveEvery = every.save
          $0.optimizer = .sgd(momentum: 0.9)
          $0.clip = 0
        }, limits: TrainingLimits(steps: 500), threads: 1)
      var last: [UInt8] = []
      var end: TrainingEnd?
      for try await event in trainer {
        if case .checkpoint = event { last = try TrainingTests.bytes(trainer) }
        if let found = event.end { end = found }
      }
      guard case .diverged = end else {
        Issue.record("\(String(describing: end))")
        return
      }
      #expect(trainer.hasDiverged)
      let explanation = try #require(end?.explanation).description
      #expect(explanation.contains("`learningRate`") && explanation.contains("checkpoint"))
      let file = try SafeTensors(bytes: last, path: "last", hash: .required)
      #expect(try file.tensors.allSatisfy { try $0.floats().allSatisfy(\.isFinite) })
      var iterator = trainer.makeAsyncIterator()
      #expect(try await iterator.next() == nil)
    }

    /// A corpus that can no longer be read.
    private struct Broken: TokenCorpus {
      struct Failure: Error {}
      let whole = TrainingTests.walk(201)
      var count: Int { whole.count }

      func cursor(at position: Int) -> any TokenCursor { Cursor(base: whole.cursor(at: position)) }

      struct Cursor: TokenCursor {
        var base: any TokenCursor
        var reads = 0

        mutating func read(
          into tokens: inout MutableSpan<Int32>, starts: inout MutableSpan<Bool>
        ) throws -> Int {
          reads += 1
          if reads > 3 { throw Failure() }
          return try base.read(into: &tokens, starts: &starts)
        }
      }
    }

    @Test func anErrorIsTheEnd() async throws {
      let trainer = try Trainer(
        TrainingTests.network(), training: Broken(),
        configuration: TrainingTests.configuration(), threads: 1)
      await #expect(throws: Broken.Failure.self) {
        try await TrainingTests.events(of: trainer)
      }
      #expect(trainer.progress.step == 2)
      var iterator = trainer.makeAsyncIterator()
      #expect(try await iterator.next() == nil)
    }
  }
}
