public import Refrain

/// A training on a table in its run folder: what a ``Trainer`` tells, with models, metrics and samples of
/// answers written as they become due.
///
/// ```swift
/// let columns = TableColumns(targets: ["speaker"])
/// let run = try TableRun(
///   TableTrainingRequest(table: "speakers.csv", columns: columns), to: "speakers-run")
/// for try await event in run { print(event) }
/// ```
public final class TableRun: AsyncSequence {
  /// What a run tells.
  public enum Event: Sendable {
    /// What the trainer tells; a checkpoint has been written when it arrives.
    case training(TrainingEvent)
    /// What the model answers to some rows.
    case sample(step: Int, [TableSample])
  }
  /// What a run tells.
  public typealias Element = Event
  /// What reading the table or writing the run throws.
  public typealias Failure = any Error

  /// The run's folder.
  public let folder: RunFolder
  /// The table, its parts and what is learned from it.
  public let data: TableData
  /// The rows to train on and to validate on, without those that are left out; 0 where there are none.
  public let rows: (training: Int, validation: Int)
  /// The trainer at work.
  public let trainer: Trainer
  /// Sentences for the user about what was decided for them.
  public let notes: [String]

  private let recorder: RunRecorder
  private let samples: TableSampleMaker

  init(
    folder: RunFolder, data: TableData, training: TaskRows, validation: TaskRows?,
    trainer: Trainer, notes: [String], information: TableRunInformation, threads: Int
  ) throws {
    self.folder = folder
    self.data = data
    self.trainer = trainer
    self.notes = notes
    rows = (training.places.count, validation?.places.count ?? 0)
    samples = try TableSampleMaker(
      TablePredictor(trainer.network, task: data.task, threads: threads),
      table: validation == nil ? data.table : data.validationTable ?? data.table,
      places: (validation ?? training).places)
    recorder = try RunRecorder(
      trainer, folder: folder, name: TableRunInformation.name, information: information,
      sampleEvery: information.sampleEvery, keep: information.keep)
  }

  /// Reads the events.
  public func makeAsyncIterator() -> Iterator {
    Iterator(run: self, events: trainer.makeAsyncIterator())
  }

  /// Trains from event to event.
  public struct Iterator: AsyncIteratorProtocol {
    let run: TableRun
    var events: Trainer.Iterator
    var due: [Event] = []

    /// Trains up to the next event and writes what it makes due; nil after the end.
    ///
    /// - Throws: what writing the run throws.
    public mutating func next() async throws -> Event? {
      if !due.isEmpty { return due.removeFirst() }
      guard let event = try await events.next() else { return nil }
      if let step = try run.recorder.record(event) { due = [try run.sample(step)] }
      return .training(event)
    }
  }

  /// Saves the model as it is now, as the last one; not one that has diverged.
  ///
  /// - Throws: `FileError`.
  public func save() throws { try recorder.save() }

  private func sample(_ step: Int) throws -> Event {
    let rows = try samples.make()
    let text = rows.map { "\($0)\n" }.joined(separator: "\n")
    try DurableFile.write(Array(text.utf8), to: try recorder.samplePath(step: step) + ".txt")
    return .sample(step: step, rows)
  }
}
