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
  private let log: MetricsLog
  private let listener: RollOutMaker
  private var bestStep: Int?

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
    log = try MetricsLog(folder.metrics, after: trainer.progress.step)
    bestStep = trainer.progress.bestStep
    trainer.reportEvery = information.sampleEvery
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
      due = try run.handle(event)
      return .training(event)
    }
  }

  /// Saves the model as it is now, as the last one; not one that has diverged.
  ///
  /// - Throws: ``FileError``.
  public func save() throws {
    if trainer.hasDiverged { return }
    let isBest = trainer.progress.bestStep != nil && trainer.progress.bestStep != bestStep
    try folder.save(model(), isBest: isBest)
    bestStep = trainer.progress.bestStep
  }

  private func model() throws -> ModelFile {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(information), as: UTF8.self)
    return ModelFile(
      network: trainer.network, training: trainer.checkpoint(), information: ["music": text])
  }

  private func handle(_ event: TrainingEvent) throws -> [Event] {
    let every = information.sampleEvery
    switch event {
    case .step(let report):
      try log.add(report)
      if every > 0, report.step % every == 0 { return try [rollOut(report.step)] }
    case .evaluation(let report):
      try log.add(report)
      if every == 0 { return try [rollOut(report.step)] }
    case .checkpoint: try save()
    case .end: break
    }
    return []
  }

  private func rollOut(_ step: Int) throws -> Event {
    try FileManager.default.createDirectory(
      atPath: folder.samples, withIntermediateDirectories: true)
    return .rollOut(
      try listener.rollOut(
        step: step, to: String(format: "%@/step-%08d", folder.samples, step)))
  }
}
