import Refrain
import TestSupport
import Testing

/// What holds the tests of this folder together: `swift test --filter Training` runs them.
@Suite enum TrainingTests {}

extension TrainingTests {
  static let vocabulary = 7

  /// A walk over the tokens in which each tells much, but not all, of the next.
  static func walk(_ count: Int, documents: [Int] = [0], seed: UInt64 = 1) -> InMemoryCorpus {
    InMemoryCorpus(tokens: tokens(count, seed: seed), documentStarts: documents)
  }

  static func tokens(_ count: Int, seed: UInt64 = 1) -> [Int32] {
    var random = ReferenceRandom(seed: seed)
    var token: Int32 = 0
    return (0..<count).map { _ in
      token = (token + .random(in: 1...2, using: &random)) % Int32(vocabulary)
      return token
    }
  }

  static func network(_ cell: CellKind = .lstm, dropout: Float = 0) throws -> Network {
    try Network(
      ModelDescription(input: .tokens(vocabulary), output: .softmax(vocabulary)) {
        Recurrent(cell, 9)
        if dropout > 0 { Dropout(dropout) }
        Recurrent(cell, 5)
        if dropout > 0 { Dropout(dropout) }
      }, seed: 3)
  }

  /// Batches of 4 streams by 5 steps.
  static func configuration(
    _ change: (inout TrainingConfiguration) -> Void = { _ in }
  ) -> TrainingConfiguration {
    var configuration = TrainingConfiguration()
    configuration.batchSize = 4
    configuration.sequenceLength = 5
    configuration.learningRate = 0.02
    configuration.evaluateEvery = 7
    change(&configuration)
    return configuration
  }

  /// The events up to the one after which `stops` is true, or up to the end.
  @discardableResult
  static func events(
    of trainer: Trainer, until stops: (TrainingEvent) -> Bool = { _ in false }
  ) async throws -> [TrainingEvent] {
    var events: [TrainingEvent] = []
    for try await event in trainer {
      events.append(event)
      if stops(event) { break }
    }
    return events
  }

  /// Trains up to step `step` exactly.
  static func train(_ trainer: Trainer, to step: Int) async throws {
    trainer.reportEvery = 1
    if trainer.progress.step >= step { return }
    try await events(of: trainer) { event in
      if case .step(let report) = event { return report.step == step }
      return false
    }
  }

  /// Everything that a training is, as its model file has it.
  static func bytes(_ trainer: Trainer) throws -> [UInt8] {
    try ModelFile(network: trainer.network, training: trainer.checkpoint()).encoded()
  }
}

extension TrainingEvent {
  var name: String {
    switch self {
    case .step: "step"
    case .evaluation: "evaluation"
    case .checkpoint: "checkpoint"
    case .end: "end"
    }
  }

  var step: StepReport? {
    if case .step(let report) = self { return report }
    return nil
  }

  var evaluation: EvaluationReport? {
    if case .evaluation(let report) = self { return report }
    return nil
  }

  var end: TrainingEnd? {
    if case .end(let end) = self { return end }
    return nil
  }
}
