public import Refrain

/// A training on text in its run folder: what a ``Trainer`` tells, with models, metrics and sample texts
/// written as they become due.
///
/// ```swift
/// let run = try TextRun(TextTrainingRequest(inputs: ["poems.txt"]), to: "poems-run")
/// for try await event in run { print(event) }
/// ```
public final class TextRun: AsyncSequence {
  /// What a run tells.
  public enum Event: Sendable {
    /// What the trainer tells; a checkpoint has been written when it arrives.
    case training(TrainingEvent)
    /// A text that the model made.
    case sample(step: Int, text: String)
  }
  /// What a run tells.
  public typealias Element = Event
  /// What reading the text or writing the run throws.
  public typealias Failure = any Error

  /// The run's folder.
  public let folder: RunFolder
  /// The text.
  public let corpus: TextCorpus
  /// The training part's tokens and the validation part's; 0 where there is none.
  public let tokens: (training: Int, validation: Int)
  /// The trainer at work.
  public let trainer: Trainer
  /// Sentences for the user about what was decided for them.
  public let notes: [String]

  private let recorder: RunRecorder
  private let generator: Generator

  init(
    folder: RunFolder, corpus: TextCorpus, tokens: (training: Int, validation: Int),
    trainer: Trainer, notes: [String], information: TextRunInformation, threads: Int
  ) throws {
    self.folder = folder
    self.corpus = corpus
    self.tokens = tokens
    self.trainer = trainer
    self.notes = notes
    generator = Generator(trainer.network, threads: threads)
    recorder = try RunRecorder(
      trainer, folder: folder, vocabulary: corpus.vocabulary, name: "text",
      information: information, sampleEvery: information.sampleEvery, keep: information.keep)
  }

  /// Reads the events.
  public func makeAsyncIterator() -> Iterator {
    Iterator(run: self, events: trainer.makeAsyncIterator())
  }

  /// Trains from event to event.
  public struct Iterator: AsyncIteratorProtocol {
    let run: TextRun
    var events: Trainer.Iterator
    var samples: [Event] = []

    /// Trains up to the next event and writes what it makes due; nil after the end.
    ///
    /// - Throws: what reading the text or writing the run throws.
    public mutating func next() async throws -> Event? {
      if !samples.isEmpty { return samples.removeFirst() }
      guard let event = try await events.next() else { return nil }
      if let step = try run.recorder.record(event) { samples = [try run.sample(step)] }
      return .training(event)
    }
  }

  /// Saves the model as it is now, as the last one; not one that has diverged.
  ///
  /// - Throws: ``FileError``.
  public func save() throws { try recorder.save() }

  // MARK: - Samples

  /// Tokens of a sample text.
  private static let sampleLength = 300

  private func sample(_ step: Int) throws -> Event {
    var random = RandomStream(
      seed: trainer.configuration.seed, purpose: .sampling, lane: UInt32(truncatingIfNeeded: step))
    let writer = try TextGenerator(
      generator, vocabulary: corpus.vocabulary, sampler: Sampler(temperature: 0.8))
    let text = try writer.text(prompt: "", length: Self.sampleLength, using: &random)
    try DurableFile.write(Array(text.utf8), to: try recorder.samplePath(step: step) + ".txt")
    return .sample(step: step, text: text)
  }
}
