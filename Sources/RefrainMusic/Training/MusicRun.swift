internal import Foundation
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
  /// The best model that has been evaluated, by its step.
  private var best: (step: Int, evaluation: MusicEvaluation)?

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

  /// How well the best model so far, `best.safetensors`, predicts the next frame, on the same frames as a
  /// ``RollOut`` tells; nil before the first evaluation, and where that file is gone.
  ///
  /// It is known from the roll-out after the model's step; without one, the model is evaluated now.
  ///
  /// - Throws: ``FileError`` or ``ModelFileError`` where the model cannot be read.
  public func bestEvaluation() throws -> MusicEvaluation? {
    guard let step = trainer.progress.bestStep else { return nil }
    if let best, best.step == step { return best.evaluation }
    guard FileManager.default.fileExists(atPath: folder.best) else { return nil }
    let evaluation = listener.evaluation(of: try ModelFile(contentsOf: folder.best).network)
    best = (step, evaluation)
    return evaluation
  }

  private func rollOut(_ step: Int) throws -> Event {
    let rollOut = try listener.rollOut(step: step, to: try recorder.samplePath(step: step))
    if step == trainer.progress.bestStep { best = (step, rollOut.evaluation) }
    return .rollOut(rollOut)
  }
}
