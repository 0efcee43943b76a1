public import Refrain

/// Trains one unit after the other on the same task, in networks of the same size, from the same seed and for
/// the same time, to see which learns it best.
///
/// A task is a `TextComparison` or a `TableComparison`, or another ``ComparedTask``.
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
  /// What reading the data throws.
  public typealias Failure = any Error

  /// What is learned.
  public let task: any ComparedTask
  /// The number of parameters that all units' networks come near to: the LSTM's.
  public let parameters: Int
  /// The units, in the order in which they are trained.
  public let units: [ComparedUnit]
  /// Sentences for the user about what was decided for them.
  public let remarks: [Sentence]
  /// What is known of the units that have been trained, the one at work last.
  public private(set) var results: [ComparedResult] = []
  /// The trainer of the unit at work; nil before the first.
  public private(set) var trainer: Trainer?

  /// Decides how large each network is.
  ///
  /// - Parameters:
  ///   - task: what is learned.
  ///   - units: the units, at least one. Each comes as near as it can to the number of parameters of an LSTM of
  ///     ``ComparedTask/hidden``.
  /// - Throws: what the task throws of a unit that it has no use for, or of a network that is too large.
  public init(_ task: some ComparedTask, units: [SequenceUnit]) throws {
    let goal = try task.network(of: .lstm, hidden: task.hidden).description.parameterCount()
    self.task = task
    parameters = goal
    self.units = try units.map { try ComparedUnit($0, task: task, parameters: goal) }
    remarks = task.remarks.map { "\($0)" } + self.units.compactMap { $0.remark(goal: goal) }
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
    /// - Throws: what reading the data throws.
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
    results.append(ComparedResult(unit))
    let trainer = try task.trainer(of: Network(unit.description, seed: task.configuration.seed))
    self.trainer = trainer
    return trainer
  }

  private func add(_ event: TrainingEvent) { results[results.count - 1].add(event) }
}
