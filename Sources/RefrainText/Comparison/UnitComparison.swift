internal import Foundation
public import Refrain

/// Trains one unit after the other on the same text, in networks of the same size, from the same seed and for
/// the same time, to see which learns it best.
///
/// ```swift
/// var request = TextTrainingRequest(inputs: ["poems.txt"])
/// request.limits = TrainingLimits(minutes: 2)
/// let comparison = try UnitComparison(request, units: [.lstm, .gru, .tcn])
/// for try await event in comparison {
///   if case .end(let result) = event { print(result.compared.unit, result.best?.loss ?? .nan) }
/// }
/// ```
public final class UnitComparison: AsyncSequence {
  /// What a comparison tells.
  public enum Event: Sendable {
    /// A unit's training begins.
    case begin(ComparedUnit)
    /// What its trainer tells.
    case training(TrainingEvent)
    /// Its training is over.
    case end(ComparedResult)
  }
  /// What a comparison tells.
  public typealias Element = Event
  /// What reading the text throws.
  public typealias Failure = any Error

  /// The text.
  public let corpus: TextCorpus
  /// The training part's tokens and the validation part's.
  public let tokens: (training: Int, validation: Int)
  /// The number of parameters that all units' networks come near to: the LSTM's.
  public let parameters: Int
  /// The units, in the order in which they are trained.
  public let units: [ComparedUnit]
  /// How all of them are trained, with the batch and the length that the text allows.
  public let configuration: TrainingConfiguration
  /// When each of them ends.
  public let limits: TrainingLimits
  /// Sentences for the user about what was decided for them.
  public let notes: [String]
  /// What is known of the units that have been trained, the one at work last.
  public private(set) var results: [ComparedResult] = []
  private let training: any TokenCorpus
  private let validation: any TokenCorpus
  private let threads: Int
  private let folder: TemporaryFolder

  /// Reads the text and decides how large each network is.
  ///
  /// - Parameters:
  ///   - request: the training that all have in common. Its model is that of an LSTM, whatever
  ///     ``TextModel/cell`` says, to whose number of parameters the other units come as near as they can. It
  ///     starts from no other model, and makes no samples.
  ///   - units: the units, at least one.
  ///   - path: the folder to make for inputs that can be read only once; it is deleted with the comparison.
  /// - Throws: ``TextInputError``, ``ModelDescriptionError``, ``TextTrainingError``, ``FileError``.
  public init(
    _ request: TextTrainingRequest, units: [SequenceUnit], temporaryFolder path: String? = nil
  ) throws {
    self.folder = TemporaryFolder(
      path: path ?? NSTemporaryDirectory() + "refrain-comparison-\(UUID().uuidString)")
    let folder = RunFolder(self.folder.path)
    corpus = try request.corpus(of: request.unit ?? .character, in: folder)
    let parts = try TextRun.Parts(request.validation, corpus: corpus, folder: folder)
    guard let validation = parts.validation else { throw TextTrainingError.noValidation }
    training = parts.training
    self.validation = validation
    tokens = (parts.training.count, validation.count)
    let asked = request.configuration
    var configuration = asked
    (configuration.sequenceLength, configuration.batchSize) = TokenBatches.fitting(
      count: parts.training.count, steps: asked.sequenceLength, sequences: asked.batchSize)
    self.configuration = configuration
    limits = request.limits
    threads = request.threads
    var model = request.model
    model.cell = .lstm
    let count = corpus.vocabulary.count
    let goal = try model.description(vocabularySize: count).parameterCount()
    parameters = goal
    self.units = try units.map {
      try ComparedUnit(
        $0, model: request.model, parameters: goal, vocabularySize: count,
        configuration: configuration)
    }
    notes =
      TextRun.reductions(asked, configuration, parts.training.count)
      + self.units.compactMap { $0.note(goal: goal) }
    for unit in self.units {
      try MemoryEstimate(unit.description, configuration, tokens: parts.training.count).check()
    }
  }

  /// Reads the events; a comparison is read once.
  public func makeAsyncIterator() -> Iterator { Iterator(comparison: self, waiting: units[...]) }

  /// Trains from event to event.
  public struct Iterator: AsyncIteratorProtocol {
    let comparison: UnitComparison
    var waiting: ArraySlice<ComparedUnit>
    var events: Trainer.Iterator?

    /// Trains up to the next event; nil after the last unit's end, and in a task that has been cancelled.
    ///
    /// - Throws: what reading the text throws.
    public mutating func next() async throws -> Event? {
      if Task.isCancelled { return nil }
      if events == nil {
        guard let unit = waiting.popFirst() else { return nil }
        events = try comparison.begin(unit).makeAsyncIterator()
        return .begin(unit)
      }
      guard let event = try await events?.next() else {
        events = nil
        return comparison.results.last.map { .end($0) }
      }
      comparison.add(event)
      return .training(event)
    }
  }

  private func begin(_ unit: ComparedUnit) throws -> Trainer {
    results.append(
      ComparedResult(
        unit, tokensOfStep: configuration.batchSize * configuration.sequenceLength))
    return try Trainer(
      Network(unit.description, seed: configuration.seed), training: training,
      validation: validation, configuration: configuration, limits: limits, threads: threads)
  }

  private func add(_ event: TrainingEvent) { results[results.count - 1].add(event) }
}

/// A folder that is deleted when nobody uses it any more.
private final class TemporaryFolder {
  let path: String

  init(path: String) { self.path = path }

  deinit { RunFolder(path).remove() }
}
