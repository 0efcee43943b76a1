public import Refrain

/// A training on notes in its run folder: what a `Trainer` tells, with models, metrics and pieces written as
/// they become due.
///
/// ```swift
/// let run = try NotesRun(NotesTrainingRequest(inputs: ["chorales.json"]), to: "notes-run")
/// for try await event in run { print(event) }
/// ```
public final class NotesRun: AsyncSequence {
  /// What a run tells.
  public enum Event: Sendable {
    /// What the trainer tells; a checkpoint has been written when it arrives.
    case training(TrainingEvent)
    /// A piece that the model makes now.
    case sample(NotesSample)
  }
  /// What a run tells.
  public typealias Element = Event
  /// What reading the notes or writing the run throws.
  public typealias Failure = any Error

  /// The run's folder.
  public let folder: RunFolder
  /// The pieces.
  public let corpus: NotesCorpus
  /// The trainer at work.
  public let trainer: Trainer
  /// Sentences for the user about what was decided for them.
  public let notes: [String]
  /// What the model file says of the notes.
  public let information: NotesRunInformation
  private let recorder: RunRecorder

  init(
    folder: RunFolder, corpus: NotesCorpus, trainer: Trainer, notes: [String],
    information: NotesRunInformation
  ) throws {
    self.folder = folder
    self.corpus = corpus
    self.trainer = trainer
    self.notes = notes
    self.information = information
    recorder = try RunRecorder(
      trainer, folder: folder, name: "notes", information: information,
      sampleEvery: information.sampleEvery, keep: information.keep ?? 0)
  }

  /// Reads the events.
  public func makeAsyncIterator() -> Iterator {
    Iterator(run: self, events: trainer.makeAsyncIterator())
  }

  /// Trains from event to event.
  public struct Iterator: AsyncIteratorProtocol {
    let run: NotesRun
    var events: Trainer.Iterator
    var due: [Event] = []

    /// Trains up to the next event and writes what it makes due; nil after the end.
    ///
    /// - Throws: what writing the run throws.
    public mutating func next() async throws -> Event? {
      if !due.isEmpty { return due.removeFirst() }
      guard let event = try await events.next() else { return nil }
      if let step = try run.recorder.record(event) { due = [.sample(try run.sample(step))] }
      return .training(event)
    }
  }

  /// Saves the model as it is now, as the last one; not one that has diverged.
  ///
  /// - Throws: `FileError`.
  public func save() throws { try recorder.save() }

  /// Moments of a sample: as long as most pieces are, within these bounds.
  private static let sampleMoments = 16...512

  private func sample(_ step: Int) throws -> NotesSample {
    let random = RandomStream(
      seed: trainer.configuration.seed, purpose: .sampling, lane: UInt32(truncatingIfNeeded: step))
    let generator = NotesGenerator(
      FrameGenerator(trainer.network), information, temperature: 1, random: random)
    generator.start()
    let piece = generator.next(information.lengthOfPiece(within: Self.sampleMoments))
    let path = try recorder.samplePath(step: step) + ".mid"
    try piece.writeMIDI(to: path, momentsPerQuarter: information.momentsPerQuarter)
    return NotesSample(step: step, path: path, measures: NotesMeasures([piece]))
  }
}

/// A piece that a model makes from nothing.
public struct NotesSample: Sendable {
  /// The step after which it was made.
  public let step: Int
  /// The MIDI file.
  public let path: String
  /// What it is like.
  public let measures: NotesMeasures
}
