internal import Foundation
public import Refrain

extension MusicRun {
  /// Begins a training in a new folder.
  ///
  /// - Throws: ``SoundError``, ``MusicTrainingError``, ``RunFolderError``, ``ModelDescriptionError`` and
  ///   others, each a sentence; then nothing is left of the folder.
  public convenience init(_ request: MusicTrainingRequest, to path: String) throws {
    let folder = try RunFolder.create(at: path)
    do {
      try self.init(request, in: folder)
    } catch {
      folder.remove()
      throw error
    }
  }

  private convenience init(_ request: MusicTrainingRequest, in folder: RunFolder) throws {
    let start = try request.startFrom.map { try MusicStartingPoint($0) }
    try start?.check(request)
    let corpus = try MusicCorpus(
      SoundListing(request.inputs), settings: request.settings, kind: request.kind,
      layout: request.layout, validationFraction: request.validationFraction)
    let network = try Self.network(request, start: start, corpus: corpus)
    let information = MusicRunInformation(
      settings: request.settings, scale: corpus.scale, places: corpus.places,
      validationFraction: request.validationFraction,
      window: request.configuration.sequenceLength, range: corpus.listeningRange,
      sampleEvery: request.sampleEvery, keep: request.keep > 0 ? request.keep : nil)
    try self.init(
      network, corpus: corpus, configuration: request.configuration, limits: request.limits,
      continuing: nil, in: folder, information: information, threads: request.threads)
  }

  private static func network(
    _ request: MusicTrainingRequest, start: MusicStartingPoint?, corpus: MusicCorpus
  ) throws -> Network {
    var description =
      request.model?.description(bins: corpus.scale.size)
      ?? .largerModel(bins: corpus.scale.size)
    if let start, request.takesModelOfStart { description = start.network.description }
    try check(description, request.configuration, corpus)
    let network = try Network(description, seed: request.configuration.seed)
    if let start {
      try network.takeParameters(from: start.network)
    } else if case .mixture(_, _, let history) = description.output {
      let training = corpus.split(validationFraction: request.validationFraction).training.range
      LinearPrediction(corpus.frames.table, frames: training, history: history).begin(network)
    }
    return network
  }

  /// Goes on with a run from its last model, as if it had not stopped.
  ///
  /// - Parameters:
  ///   - limits: new limits, counted from the very beginning (minutes: from now); nil: the old ones.
  ///   - moved: folders or files of the music and where they are now.
  ///   - sampleEvery: steps between two sounds made for listening; nil: as before.
  ///   - keep: models of the last evaluations to keep; nil: as before.
  ///   - change: changes the configuration; what changes is then no longer what was begun.
  /// - Throws: ``RunFolderError``, ``ModelFileError``, ``SoundError``, ``MusicTrainingError`` and others.
  public convenience init(
    resuming path: String, limits: TrainingLimits? = nil, moved: [String: String] = [:],
    threads: Int = 0, sampleEvery: Int? = nil, keep: Int? = nil,
    change: (inout TrainingConfiguration) -> Void = { _ in }
  ) throws {
    let stopped = try StoppedTraining(at: path)
    var information = try stopped.model.musicRunInformation(path: stopped.file)
    information.sampleEvery = sampleEvery ?? information.sampleEvery
    if let keep { information.keep = keep > 0 ? keep : nil }
    let corpus = try MusicCorpus(reopening: information, moved: moved)
    let configuration = stopped.configuration(change)
    try Self.check(stopped.model.network.description, configuration, corpus)
    try self.init(
      stopped.model.network, corpus: corpus, configuration: configuration,
      limits: limits ?? stopped.checkpoint.limits, continuing: stopped.checkpoint,
      in: stopped.folder, information: information, threads: threads)
  }

  private convenience init(
    _ network: Network, corpus: MusicCorpus, configuration: TrainingConfiguration,
    limits: TrainingLimits, continuing checkpoint: TrainingCheckpoint?, in folder: RunFolder,
    information: MusicRunInformation, threads: Int
  ) throws {
    let split = corpus.split(validationFraction: information.validationFraction)
    let trainer = try Trainer(
      network, training: split.training, validation: split.validation,
      configuration: configuration, limits: limits, continuing: checkpoint, threads: threads)
    var information = information
    information.window = trainer.configuration.sequenceLength
    let end = corpus.frames.count
    try self.init(
      folder: folder, corpus: corpus,
      frames: (split.training.range, split.validation?.range ?? end..<end), trainer: trainer,
      notes: Self.notes(configuration, trainer.configuration, split.validation == nil),
      information: information)
  }

  private static func notes(
    _ asked: TrainingConfiguration, _ used: TrainingConfiguration, _ hasNoValidation: Bool
  ) -> [String] {
    var notes: [String] = []
    if used.batchSize != asked.batchSize || used.sequenceLength != asked.sequenceLength {
      notes.append(
        "There is little sound, so \(used.batchSize) sequences of \(used.sequenceLength) frames are "
          + "trained side by side instead of \(asked.batchSize) of \(asked.sequenceLength).")
    }
    if hasNoValidation {
      notes.append(
        "There is no validation part, so the training loss decides which model is best.")
    }
    return notes
  }

  /// Frames that a training needs at least.
  private static let leastFrames = 100

  /// - Throws: ``MusicTrainingError`` if there is too little sound, `TrainingMemoryError`.
  private static func check(
    _ description: ModelDescription, _ configuration: TrainingConfiguration, _ corpus: MusicCorpus
  ) throws {
    guard corpus.frames.count >= leastFrames else {
      throw MusicTrainingError.tooShort(
        seconds: Double(corpus.frames.count) / corpus.settings.frameRate)
    }
    try TrainingMemory(
      description, configuration, count: corpus.frames.count,
      corpusBytes: Double(corpus.frames.table.byteCount)
    ).check()
  }
}
