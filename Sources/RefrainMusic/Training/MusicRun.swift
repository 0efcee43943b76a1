public import Refrain

/// A training on music in its run folder: what a ``Trainer`` tells, with models, metrics, sounds and their
/// pictures written as they become due.
///
/// ```swift
/// let run = try MusicRun(MusicTrainingRequest(inputs: ["recordings"]), to: "music-run")
/// for try await event in run { print(event) }
/// ```
public final class MusicRun: AsyncSequence {
  /// What a run tells.
  public enum Event: Sendable {
    /// What the trainer tells; a checkpoint has been written when it arrives.
    case training(TrainingEvent)
    /// What the model makes of music now, and how well it predicts it.
    case rollOut(RollOut)
  }
  /// What a run tells.
  public typealias Element = Event
  /// What reading the music or writing the run throws.
  public typealias Failure = any Error

  /// The run's folder.
  public let folder: RunFolder
  /// The music.
  public let corpus: MusicCorpus
  /// Frames to learn from, and to validate on; the second is empty where there are none.
  public let frames: (training: Range<Int>, validation: Range<Int>)
  /// The trainer at work.
  public let trainer: Trainer
  /// Sentences for the user about what was decided for them.
  public let notes: [String]

  /// What the model file says of the music.
  public let information: MusicRunInformation
  private let recorder: RunRecorder
  private let listener: RollOutMaker

  init(
    folder: RunFolder, corpus: MusicCorpus, frames: (training: Range<Int>, validation: Range<Int>),
    trainer: Trainer, notes: [String], information: MusicRunInformation
  ) throws {
    self.folder = folder
    self.corpus = corpus
    self.frames = frames
    self.trainer = trainer
    self.notes = notes
    self.information = information
    listener = RollOutMaker(
      trainer.network, corpus: corpus, information: information,
      learned: frames.training,
      evaluated: frames.validation.isEmpty ? frames.training : frames.validation,
      seed: trainer.configuration.seed)
    recorder = try RunRecorder(
      trainer, folder: folder, name: "music", information: information,
      sampleEvery: information.sampleEvery, keep: information.keep ?? 0)
  }

  /// Reads the events.
  public func makeAsyncIterator() -> Iterator {
    Iterator(run: self, events: trainer.makeAsyncIterator())
  }

  /// Trains from event to event.
  public struct Iterator: AsyncIteratorProtocol {
    let run: MusicRun
    var events: Trainer.Iterator
    var due: [Event] = []

    /// Trains up to the next event and writes what it makes due; nil after the end.
    ///
    /// - Throws: what reading the music or writing the run throws.
    public mutating func next() async throws -> Event? {
      if !due.isEmpty { return due.removeFirst() }
      guard let event = try await events.next() else { return nil }
      if let step = try run.recorder.record(event) { due = [try run.rollOut(step)] }
      return .training(event)
    }
  }

  /// Saves the model as it is now, as the last one; not one that has diverged.
  ///
  /// - Throws: ``FileError``.
  public func save() throws { try recorder.save() }

  private func rollOut(_ step: Int) throws -> Event {
    .rollOut(try listener.rollOut(step: step, to: try recorder.samplePath(step: step)))
  }
}
