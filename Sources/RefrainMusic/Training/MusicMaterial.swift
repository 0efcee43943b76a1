internal import Foundation
public import Refrain
public import RefrainRuns
internal import Synchronization

/// A training on music in its run folder.
///
/// ```swift
/// let run = try MusicRun(MusicTrainingRequest(inputs: ["recordings"]), to: "music-run")
/// for try await event in run { print(event) }
/// ```
public typealias MusicRun = Run<MusicMaterial>
/// What a training on music is asked for.
public typealias MusicTrainingRequest = TrainingRequest<MusicMaterial>

/// Music as something to learn: recordings, as frames of a spectrogram.
public struct MusicMaterial: Material {
  /// The name of the material in a model file and in sentences.
  public static let name = "music"
  /// One step of it, in words.
  public static let element = "frame"

  /// The music.
  public let corpus: MusicCorpus
  /// Frames to learn from, and to validate on; the second is empty where there are none.
  public let frames: (training: Range<Int>, validation: Range<Int>)
  private let parts: (training: CorpusSlice, validation: CorpusSlice?)
  fileprivate let best = BestEvaluation()

  /// Opens the inputs of a new training.
  public init(
    _ request: MusicTrainingRequest, startingFrom start: TrainedModel?, in folder: RunFolder
  ) throws {
    if let start { try request.check(start) }
    try self.init(
      MusicCorpus(
        InputListing(sounds: request.inputs), settings: request.settings, kind: request.kind,
        layout: request.layout, validationFraction: request.validationFraction),
      validationFraction: request.validationFraction)
  }

  /// Opens the inputs of a training again.
  public init(
    reopening record: MusicRecord, of model: ModelFile, in folder: RunFolder, moved: MovedPaths
  ) throws {
    try self.init(
      MusicCorpus(reopening: record, moved: moved), validationFraction: record.validationFraction)
  }

  /// Frames that a training needs at least.
  private static let leastFrames = 100

  private init(_ corpus: MusicCorpus, validationFraction: Double) throws {
    let count = corpus.frames.count
    guard count >= Self.leastFrames else {
      throw MusicTrainingError.tooShort(seconds: Double(count) / corpus.settings.frameRate)
    }
    self.corpus = corpus
    parts = corpus.split(validationFraction: validationFraction)
    frames = (parts.training.range, parts.validation?.range ?? count..<count)
  }

  /// What is learned from.
  public var training: TrainingData { .stream(parts.training) }
  /// What is validated on; nil where there is nothing.
  public var validation: TrainingData? { parts.validation.map { .stream($0) } }

  /// The network of a new training.
  public func description(
    _ request: MusicTrainingRequest, startingFrom start: TrainedModel?
  ) -> ModelDescription {
    if let start, request.takesModelOfStart { return start.network.description }
    let bins = corpus.scale.size
    return request.model?.description(bins: bins) ?? .largerModel(bins: bins)
  }

  /// Gives a new network the weights that it begins with.
  public func prepare(
    _ network: Network, _ request: MusicTrainingRequest, startingFrom start: TrainedModel?
  ) throws -> [String] {
    if let start {
      try network.takeParameters(from: start.network)
    } else if case .mixture(_, _, let history) = network.description.output {
      LinearPrediction(corpus.frames.table, frames: frames.training, history: history)
        .begin(network)
    }
    return []
  }

  /// What the model files of a new training tell.
  public func record(_ request: MusicTrainingRequest) -> MusicRecord {
    MusicRecord(
      settings: request.settings, scale: corpus.scale, places: corpus.places,
      validationFraction: request.validationFraction,
      window: request.configuration.sequenceLength, range: corpus.listeningRange,
      sampleEvery: request.sampleEvery, keep: request.keep > 0 ? request.keep : nil)
  }

  /// Prepares what makes samples.
  public func samples(
    of trainer: Trainer, _ record: MusicRecord, threads: Int
  ) -> (_ step: Int, _ path: String) throws -> RollOut {
    let maker = rollOuts(of: trainer, record)
    return { try maker.rollOut(step: $0, to: $1) }
  }

  fileprivate func rollOuts(of trainer: Trainer, _ record: MusicRecord) -> RollOutMaker {
    RollOutMaker(
      trainer.network, corpus: corpus, record: record, learned: frames.training,
      evaluated: frames.validation.isEmpty ? frames.training : frames.validation,
      seed: trainer.configuration.seed)
  }
}

extension Run where M == MusicMaterial {
  /// How well the best model so far, `best.safetensors`, predicts the next frame, on the same frames as a
  /// ``RollOut`` tells; nil before the first evaluation, and where that file is gone.
  ///
  /// It is known from the roll-out after the model's step; without one, the model is evaluated once.
  ///
  /// - Throws: ``/RefrainFiles/FileError`` or ``/Refrain/ModelFileError`` where the model cannot be read.
  public func bestEvaluation() throws -> MusicEvaluation? {
    guard let step = trainer.progress.bestStep else { return nil }
    if let bestSample, bestSample.step == step { return bestSample.sample.evaluation }
    return try material.best.evaluation(ofStep: step) {
      guard FileManager.default.fileExists(atPath: folder.best) else { return nil }
      return material.rollOuts(of: trainer, record)
        .evaluation(of: try ModelFile(contentsOf: folder.best).network)
    }
  }
}

/// The best model's evaluation, made once.
private final class BestEvaluation: Sendable {
  private let known = Mutex<(step: Int, evaluation: MusicEvaluation)?>(nil)

  func evaluation(
    ofStep step: Int, make: () throws -> MusicEvaluation?
  ) rethrows -> MusicEvaluation? {
    if let known = known.withLock({ $0 }), known.step == step { return known.evaluation }
    guard let evaluation = try make() else { return nil }
    known.withLock { $0 = (step, evaluation) }
    return evaluation
  }
}
