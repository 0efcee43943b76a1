internal import Foundation
public import Refrain

/// A training in its run folder: what a ``/Refrain/Trainer`` tells, with models, metrics and samples written as they
/// become due.
///
/// ```swift
/// let run = try Run<TextMaterial>(TextTrainingRequest(inputs: ["poems.txt"]), to: "poems-run")
/// for try await event in run { print(event) }
/// ```
public final class Run<M: Material>: AsyncSequence {
  /// What a run tells.
  public enum Event: Sendable {
    /// What the trainer tells; a checkpoint has been written when it arrives.
    case training(TrainingEvent)
    /// What the model makes after a step.
    case sample(M.Sample, step: Int)
  }
  /// What a run tells.
  public typealias Element = Event
  /// What reading the inputs or writing the run throws.
  public typealias Failure = any Error

  /// The run's folder.
  public let folder: RunFolder
  /// What is learned.
  public let material: M
  /// The trainer at work.
  public let trainer: Trainer
  /// Sentences for the user about what was decided for them.
  public let remarks: [String]
  /// What the model files tell of the inputs.
  public let record: M.Record
  /// What the model with the lowest validation loss made, where a sample was due after its step.
  public private(set) var bestSample: (sample: M.Sample, step: Int)?

  private let recorder: RunRecorder
  private let makeSample: (Int, String) throws -> M.Sample

  /// - Parameters:
  ///   - asked: the configuration, before the inputs allowed the batch and the length.
  ///   - remarks: of what was decided before.
  init(
    _ material: M, _ trainer: Trainer, asked: TrainingConfiguration, record: M.Record,
    remarks: [String], in folder: RunFolder, threads: Int
  ) throws {
    var record = record
    record.adapt(to: trainer.configuration)
    self.folder = folder
    self.material = material
    self.trainer = trainer
    self.record = record
    self.remarks =
      material.remarks + remarks + Self.reductions(asked, trainer.configuration, material.training)
      + (material.validation == nil ? [Self.noValidation] : [])
    makeSample = try material.samples(of: trainer, record, threads: threads)
    recorder = try RunRecorder(
      trainer, folder: folder, vocabulary: material.vocabulary, name: M.name, record: record)
  }

  /// Reads the events.
  public func makeAsyncIterator() -> Iterator {
    Iterator(run: self, events: trainer.makeAsyncIterator())
  }

  /// Trains from event to event.
  public struct Iterator: AsyncIteratorProtocol {
    let run: Run
    var events: Trainer.Iterator
    var sample: Event?

    /// Trains up to the next event and writes what it makes due; nil after the end.
    ///
    /// - Throws: what reading the inputs or writing the run throws.
    public mutating func next() async throws -> Event? {
      if let sample = sample.take() { return sample }
      guard let event = try await events.next() else { return nil }
      if let step = try run.recorder.record(event) { sample = try run.sample(step) }
      return .training(event)
    }
  }

  /// Saves the model as it is now, as the last one; not one that has diverged.
  ///
  /// - Throws: ``/RefrainFiles/FileError``.
  public func save() throws { try recorder.save() }

  private func sample(_ step: Int) throws -> Event {
    let sample = try makeSample(step, recorder.samplePath(step: step))
    if step == trainer.progress.bestStep { bestSample = (sample, step) }
    return .sample(sample, step: step)
  }
}

extension Run {
  private static var noValidation: String {
    "There is no validation part, so the training loss decides which model is best."
  }

  /// What few inputs have reduced.
  package static func reductions(
    _ asked: TrainingConfiguration, _ used: TrainingConfiguration, _ training: TrainingData
  ) -> [String] {
    guard case .stream(let stream) = training else { return [] }
    var changes: [String] = []
    if used.batchSize != asked.batchSize {
      changes.append(
        "\(used.batchSize) sequences are trained side by side instead of \(asked.batchSize)")
    }
    if used.sequenceLength != asked.sequenceLength {
      changes.append(
        "the sequence length is \(used.sequenceLength) instead of \(asked.sequenceLength)")
    }
    if changes.isEmpty { return [] }
    return [
      "The training part has only \(stream.count.grouped) \(M.element)s, so "
        + changes.joined(separator: ", and ") + "."
    ]
  }
}
