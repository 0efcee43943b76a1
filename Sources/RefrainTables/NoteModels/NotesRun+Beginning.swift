internal import Foundation
public import Refrain

extension NotesRun {
  /// Begins a training in a new folder.
  ///
  /// - Throws: ``NotesError``, ``NotesTrainingError``, `RunFolderError`, `ModelDescriptionError` and others,
  ///   each a sentence; then nothing is left of the folder.
  public convenience init(_ request: NotesTrainingRequest, to path: String) throws {
    let folder = try RunFolder.create(at: path)
    do {
      try self.init(request, in: folder)
    } catch {
      folder.remove()
      throw error
    }
  }

  private convenience init(_ request: NotesTrainingRequest, in folder: RunFolder) throws {
    let start = try request.startFrom.map { try NotesStartingPoint($0) }
    let corpus = try NotesCorpus(
      NotesListing(request.inputs),
      momentsPerQuarter: start?.grid(request) ?? request.momentsPerQuarter,
      validationFraction: request.validationFraction)
    let description = start?.network.description ?? request.model.description
    let information = NotesRunInformation(corpus, request)
    try Self.check(description, request.configuration, information)
    let network = try Network(description, seed: request.configuration.seed)
    if let start {
      try network.takeParameters(from: start.network)
    } else {
      information.statistics.begin(network, transpose: information.transpose)
    }
    try self.init(
      network, corpus: corpus, configuration: request.configuration, limits: request.limits,
      continuing: nil, in: folder, information: information, threads: request.threads)
  }

  /// Goes on with a run from its last model, as if it had not stopped.
  ///
  /// - Parameters:
  ///   - limits: new limits, counted from the very beginning (minutes: from now); nil: the old ones.
  ///   - moved: folders or files of the notes and where they are now.
  ///   - sampleEvery: steps between two pieces made for listening; nil: as before.
  ///   - keep: models of the last evaluations to keep; nil: as before.
  ///   - change: changes the configuration; what changes is then no longer what was begun.
  /// - Throws: ``NotesError``, ``NotesTrainingError``, `RunFolderError`, `ModelFileError` and others.
  public convenience init(
    resuming path: String, limits: TrainingLimits? = nil, moved: [String: String] = [:],
    threads: Int = 0, sampleEvery: Int? = nil, keep: Int? = nil,
    change: (inout TrainingConfiguration) -> Void = { _ in }
  ) throws {
    let stopped = try StoppedTraining(at: path)
    var information = try stopped.model.notesRunInformation(path: stopped.file)
    information.sampleEvery = sampleEvery ?? information.sampleEvery
    if let keep { information.keep = keep > 0 ? keep : nil }
    let corpus = try NotesCorpus(reopening: information, moved: moved)
    let configuration = stopped.configuration(change)
    try Self.check(stopped.model.network.description, configuration, information)
    try self.init(
      stopped.model.network, corpus: corpus, configuration: configuration,
      limits: limits ?? stopped.checkpoint.limits, continuing: stopped.checkpoint,
      in: stopped.folder, information: information, threads: threads)
  }

  private convenience init(
    _ network: Network, corpus: NotesCorpus, configuration: TrainingConfiguration,
    limits: TrainingLimits, continuing checkpoint: TrainingCheckpoint?, in folder: RunFolder,
    information: NotesRunInformation, threads: Int
  ) throws {
    let training = corpus.trainingFrames(
      transpose: information.transpose, seed: information.seed)
    let validation = corpus.validation.isEmpty ? nil : NotesCorpus.frames(corpus.validation)
    let trainer = try Trainer(
      network, training: training, validation: validation, configuration: configuration,
      limits: limits, continuing: checkpoint, threads: threads)
    try self.init(
      folder: folder, corpus: corpus, trainer: trainer,
      notes: Self.notes(configuration, trainer.configuration, validation == nil),
      information: information)
  }

  private static func notes(
    _ asked: TrainingConfiguration, _ used: TrainingConfiguration, _ hasNoValidation: Bool
  ) -> [String] {
    var notes: [String] = []
    if used.batchSize != asked.batchSize || used.sequenceLength != asked.sequenceLength {
      notes.append(
        "There are few notes, so \(used.batchSize) sequences of \(used.sequenceLength) moments are "
          + "trained side by side instead of \(asked.batchSize) of \(asked.sequenceLength).")
    }
    if hasNoValidation {
      notes.append(
        "There is no validation part, so the training loss decides which model is best.")
    }
    return notes
  }

  /// - Throws: ``NotesTrainingError`` if there are too few notes, `TrainingMemoryError`.
  private static func check(
    _ description: ModelDescription, _ configuration: TrainingConfiguration,
    _ information: NotesRunInformation
  ) throws {
    guard information.moments.training >= leastMoments else {
      throw NotesTrainingError.tooShort(moments: information.moments.training)
    }
    let moments = information.moments.training * (1 + 2 * information.transpose)
    // A moment is a row of half-precision numbers, padded to sixteen.
    try TrainingMemory(
      description, configuration, count: moments, corpusBytes: Double(moments) * 192
    ).check()
  }
}

/// A model of notes whose network and weights another training begins with.
private struct NotesStartingPoint {
  let network: Network
  private let path: String
  private let momentsPerQuarter: Int

  init(_ path: String) throws {
    self.path = path
    let file = try RunFolder.model(at: path)
    let model = try ModelFile(contentsOf: file)
    momentsPerQuarter = try model.notesRunInformation(path: file).momentsPerQuarter
    network = model.network
  }

  /// The model's moments in a quarter note, where no others are asked for.
  func grid(_ request: NotesTrainingRequest) throws -> Int {
    guard momentsPerQuarter == request.momentsPerQuarter ?? momentsPerQuarter else {
      throw NotesTrainingError.otherGrid(path: path, momentsPerQuarter: momentsPerQuarter)
    }
    return momentsPerQuarter
  }
}
