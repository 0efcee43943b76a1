internal import Foundation
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
  /// One thing that is told.
  public typealias Element = Event
  /// Reading and writing may fail.
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

  private let information: TextRunInformation
  private let log: MetricsLog
  private let generator: Generator
  private var bestStep: Int?
  private var lastSample: Int?

  init(
    folder: RunFolder, corpus: TextCorpus, tokens: (training: Int, validation: Int),
    trainer: Trainer, notes: [String], information: TextRunInformation, threads: Int
  ) throws {
    self.folder = folder
    self.corpus = corpus
    self.tokens = tokens
    self.trainer = trainer
    self.notes = notes
    self.information = information
    generator = Generator(trainer.network, threads: threads)
    log = try MetricsLog(folder.metrics, after: trainer.progress.step)
    bestStep = trainer.progress.bestStep
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
      samples = try run.handle(event)
      return .training(event)
    }
  }

  /// Saves the model as it is now, as the last one.
  ///
  /// - Throws: ``FileError``.
  public func save() throws {
    let isBest = trainer.progress.bestStep != nil && trainer.progress.bestStep != bestStep
    try folder.save(model(), isBest: isBest)
    bestStep = trainer.progress.bestStep
  }

  private func model() throws -> ModelFile {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(information), as: UTF8.self)
    return ModelFile(
      network: trainer.network, vocabulary: corpus.vocabulary, training: trainer.checkpoint(),
      information: ["text": text])
  }

  private func handle(_ event: TrainingEvent) throws -> [Event] {
    switch event {
    case .step(let report):
      try log.add(report)
      let every = information.sampleEvery
      if every > 0, report.step / every > (lastSample ?? 0) / every {
        return try [sample(report.step)]
      }
    case .evaluation(let report):
      try log.add(report)
      if information.keep > 0 { try keep(report.step) }
      if information.sampleEvery == 0 { return try [sample(report.step)] }
    case .checkpoint: try save()
    case .end: break
    }
    return []
  }

  // MARK: - Samples

  /// Tokens of a sample text.
  private static let sampleLength = 300

  private func sample(_ step: Int) throws -> Event {
    lastSample = step
    var random = RandomStream(
      seed: trainer.configuration.seed, purpose: .sampling, lane: UInt32(truncatingIfNeeded: step))
    let writer = try TextGenerator(
      generator, vocabulary: corpus.vocabulary, sampler: Sampler(temperature: 0.8))
    let text = try writer.text(prompt: "", length: Self.sampleLength, using: &random)
    let name = String(format: "%@/step-%08d.txt", folder.samples, step)
    try FileManager.default.createDirectory(
      atPath: folder.samples, withIntermediateDirectories: true)
    try DurableFile.write(Array(text.utf8), to: name)
    return .sample(step: step, text: text)
  }

  // MARK: - Earlier models

  /// Writes the model of an evaluation under its step and deletes the oldest such files beyond `keep`.
  private func keep(_ step: Int) throws {
    try model().write(to: keptPath(step))
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .compactMap(Self.keptStep).sorted()
    for old in kept.dropLast(information.keep) {
      try FileManager.default.removeItem(atPath: keptPath(old))
    }
  }

  private func keptPath(_ step: Int) -> String {
    String(format: "%@/step-%08d.safetensors", folder.path, step)
  }

  /// The step in the name of a model that ``keep(_:)`` wrote; nil for any other file.
  private static func keptStep(_ name: String) -> Int? {
    guard name.hasPrefix("step-"), name.hasSuffix(".safetensors") else { return nil }
    let digits = name.dropFirst("step-".count).dropLast(".safetensors".count)
    return digits.count == 8 ? Int(digits) : nil
  }
}
