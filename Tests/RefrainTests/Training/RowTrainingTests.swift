import Refrain
import TestSupport
import Testing

extension TrainingTests {
  /// Training on rows, of every scheme.
  @Suite("Training on rows")
  struct RowTrainingTests {
    static let vocabulary = 5

    /// What the last token was; each step's; all of them, in the opposite order; a name spelt out.
    enum Task: String, CaseIterable, Sendable {
      case oneToOne, oneToMany, manyToOne, manyToMany, manyToManyDelayed
    }

    static func rows(_ task: Task, _ count: Int, seed: UInt64) -> RowCorpus {
      var random = ReferenceRandom(seed: seed)
      var rows = RowCorpus()
      for _ in 0..<count {
        let length =
          task == .oneToOne || task == .oneToMany ? 1 : Int.random(in: 1...5, using: &random)
        let input = (0..<length).map { _ in
          Int32.random(in: 0..<Int32(vocabulary), using: &random)
        }
        switch task {
        case .oneToOne, .manyToMany: rows.append(input: input, target: input.map { 4 - $0 })
        case .manyToOne: rows.append(input: input, target: [input[0]])
        case .manyToManyDelayed: rows.append(input: input, target: input.reversed())
        case .oneToMany:
          rows.append(input: input, target: (0...input[0]).map { $0 % 2 })
        }
      }
      return rows
    }

    static func network(_ task: Task, hidden: Int = 12) throws -> Network {
      let input = ModelDescription.Input.tokens(vocabulary)
      let encoder: ModelDescription.Encoder? =
        switch task {
        case .manyToManyDelayed:
          .init(input: input) {
            Embedding(6)
            Bidirectional(.gru, 8)
          }
        case .oneToMany: .init(input: input) { Embedding(6) }
        default: nil
        }
      let symbols = encoder == nil ? vocabulary : vocabulary + 1
      return try Network(
        ModelDescription(input: .tokens(symbols), output: .softmax(symbols), encoder: encoder) {
          Embedding(6)
          if task == .oneToMany { RepeatOverTime() }
          if task != .oneToOne { GRU(hidden) }
          if task == .manyToManyDelayed { Attention(hidden) }
          if task == .manyToOne { LastStep() }
        }, seed: 2)
    }

    private func trainer(
      _ task: Task, _ file: ModelFile? = nil, threads: Int = 1, steps: Int = 20
    ) throws -> Trainer {
      try Trainer(
        file?.network ?? Self.network(task), rows: Self.rows(task, 31, seed: 1),
        validation: Self.rows(task, 17, seed: 2),
        configuration: TrainingTests.configuration { $0.batchSize = 6 },
        limits: TrainingLimits(steps: steps), continuing: file?.training, threads: threads)
    }

    /// Stopped at any step, read from the model file and gone on with any number of threads.
    @Test(arguments: Task.allCases) func everyStepIsAPlaceToStop(_ task: Task) async throws {
      let straight = try trainer(task)
      try await TrainingTests.events(of: straight)
      #expect(straight.progress.epoch == 3, "31 rows are six batches of an epoch")
      let expected = try TrainingTests.bytes(straight)
      let source = try trainer(task)
      try await withTemporaryFolder { folder in
        for step in 1..<20 {
          try await TrainingTests.train(source, to: step)
          let path = "\(folder)/\(step)"
          try ModelFile(network: source.network, training: source.checkpoint()).write(to: path)
          let resumed = try trainer(
            task, ModelFile(contentsOf: path), threads: step % 3 + 1)
          try await TrainingTests.events(of: resumed)
          #expect(try TrainingTests.bytes(resumed) == expected, "stopped at step \(step)")
        }
      }
    }

    @Test(arguments: Task.allCases) func everySchemeIsLearned(_ task: Task) async throws {
      let network = try Self.network(task)
      let trainer = try Trainer(
        network, rows: Self.rows(task, 400, seed: 3), validation: Self.rows(task, 50, seed: 4),
        configuration: TrainingTests.configuration {
          $0.batchSize = 20
          $0.evaluateEvery = 100
          $0.learningRate = 0.01
        }, limits: TrainingLimits(steps: 800), threads: 1)
      let losses = try await TrainingTests.events(of: trainer).compactMap(\.evaluation).map(\.loss)
      #expect(try #require(losses.last) < 0.1, "\(losses)")
      let rows = Self.rows(task, 40, seed: 5)
      let predictor = Predictor(network, threads: 1)
      var right = 0
      if network.description.encoder == nil {
        for (row, steps) in predictor.outputs(of: rows.inputs).enumerated() {
          let predicted = steps.map { step in Int32(step.indices.max { step[$0] < step[$1] } ?? 0) }
          right += predicted == Array(rows.targets[row]) ? 1 : 0
        }
      } else {
        for (row, predicted) in predictor.sequences(answering: rows.inputs, longest: 9).enumerated()
        {
          right += predicted[0].tokens == Array(rows.targets[row]) && predicted[0].hasEnded ? 1 : 0
        }
      }
      #expect(right >= 36, "\(right) of 40")
    }

    /// In every epoch all rows once, of about the same length together, and in another order.
    @Test func anEpochHasEveryRowOnce() throws {
      let rows = Self.rows(.manyToMany, 3000, seed: 6)
      let description = try Self.network(.manyToMany).description
      let plan = try BatchPlan(.rows(rows), for: description)
      let configuration = TrainingTests.configuration { $0.batchSize = 8 }
      var batches = try plan.batches(configuration, at: TrainingProgress())
      #expect(batches.batchesPerEpoch == 375)
      var epochs: [[Batch]] = []
      for _ in 0..<2 { epochs.append(try (0..<375).map { _ in try batches.next() }) }
      #expect(epochs[0] != epochs[1])
      for epoch in epochs {
        let read = epoch.flatMap { batch in
          (0..<batch.sequences).map { b in
            (0..<batch.lengths[b]).map { batch.tokens[$0 * batch.sequences + b] }
          }
        }
        let all = (0..<rows.count).map { Array(rows.inputs[$0]) }
        #expect(
          Dictionary(grouping: read) { $0 }.mapValues(\.count)
            == Dictionary(grouping: all) { $0 }.mapValues(\.count))
        let padded = epoch.reduce(0) { $0 + $1.steps * $1.sequences }
        let steps = rows.inputs.elementCount
        #expect(padded < steps + steps / 50, "little of a batch is padding")
      }
    }

    @Test func rowsThatDoNotSuitTheNetwork() throws {
      func refuses(_ task: Task, _ input: [Int32], _ target: [Int32]) throws {
        var rows = Self.rows(task, 2, seed: 1)
        rows.append(input: input, target: target)
        #expect(throws: TrainingConfigurationError.self) {
          try Trainer(try Self.network(task), rows: rows)
        }
        #expect(throws: TrainingConfigurationError.self) {
          try RowEvaluator(try Self.network(task), rows: rows)
        }
      }
      try refuses(.manyToOne, [], [1])
      try refuses(.manyToOne, [1, 2], [])
      try refuses(.manyToOne, [1, 2], [1, 2])
      try refuses(.manyToMany, [1, 2], [1])
      try refuses(.manyToManyDelayed, [], [1])
      #expect(throws: TrainingConfigurationError.self) {
        try Trainer(try Self.network(.manyToOne), rows: RowCorpus())
      }
      #expect(throws: TrainingConfigurationError.needsRows) {
        try Trainer(
          try Self.network(.manyToManyDelayed), training: InMemoryCorpus(tokens: [1, 2, 3]))
      }
    }
  }
}
