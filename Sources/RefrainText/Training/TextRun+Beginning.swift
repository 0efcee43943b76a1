internal import Foundation
public import Refrain

extension TextRun {
  /// Begins a training in a new folder.
  ///
  /// - Throws: ``TextInputError``, ``RunFolderError``, ``ModelDescriptionError`` and others, each a
  ///   sentence; then nothing is left of the folder.
  public convenience init(_ request: TextTrainingRequest, to path: String) throws {
    let folder = try RunFolder.create(at: path)
    do {
      try self.init(request, in: folder)
    } catch {
      folder.remove()
      throw error
    }
  }

  private convenience init(_ request: TextTrainingRequest, in folder: RunFolder) throws {
    var notes: [String] = []
    let start = try request.startFrom.map { try ModelFile(contentsOf: RunFolder.model(at: $0)) }
    let startUnit = start?.vocabulary?.unit
    if let path = request.startFrom, startUnit == nil {
      throw ModelFileError.damaged(path: path, what: "it has no vocabulary, so it is no text model")
    }
    if let path = request.startFrom, let startUnit, let unit = request.unit, unit != startUnit {
      throw TextTrainingError.otherTokens(path: path, unit: startUnit)
    }
    let corpus = try request.corpus(of: startUnit ?? request.unit ?? .character, in: folder)
    let network = try Self.network(request, start: start, corpus: corpus, notes: &notes)
    let parts = try Parts(request.validation, corpus: corpus, folder: folder)
    let trainer = try Trainer(
      network, training: parts.training, validation: parts.validation,
      configuration: request.configuration, limits: request.limits, threads: request.threads)
    notes += Self.reductions(request.configuration, trainer.configuration, parts.training.count)
    if parts.validation == nil {
      notes.append(
        "There is no validation part, so the training loss decides which model is best.")
    }
    try self.init(
      folder: folder, corpus: corpus,
      tokens: (parts.training.count, parts.validation?.count ?? 0), trainer: trainer,
      notes: notes,
      information: TextRunInformation(
        corpus: corpus.manifest, validation: parts.manifest,
        validationFraction: parts.fraction, sampleEvery: request.sampleEvery,
        keep: request.keep), threads: request.threads)
  }

  private static func network(
    _ request: TextTrainingRequest, start: ModelFile?, corpus: TextCorpus, notes: inout [String]
  ) throws -> Network {
    let count = corpus.vocabulary.count
    var description = request.model.description(vocabularySize: count)
    if let start, request.takesModelOfStart {
      description.layers = start.network.description.layers
    }
    try TrainingMemory(description, request.configuration, count: corpus.count).check()
    let network = try Network(description, seed: request.configuration.seed)
    if let start, let vocabulary = start.vocabulary {
      let mapping = try VocabularyMapping(from: vocabulary, to: corpus.vocabulary)
      try network.takeParameters(from: start.network, sources: mapping.sources)
      if let explanation = mapping.explanation { notes.append(explanation) }
    }
    return network
  }

  /// Sentences about what a short text has reduced.
  static func reductions(
    _ asked: TrainingConfiguration, _ used: TrainingConfiguration, _ tokens: Int
  ) -> [String] {
    var notes: [String] = []
    if used.batchSize != asked.batchSize {
      notes.append(
        "The training part has only \(CorpusReport.grouped(tokens)) tokens, so \(used.batchSize) sequences are trained "
          + "side by side instead of \(asked.batchSize).")
    }
    if used.sequenceLength != asked.sequenceLength {
      notes.append(
        "The sequence length is \(used.sequenceLength) instead of \(asked.sequenceLength), for the "
          + "same reason.")
    }
    return notes
  }

  /// Goes on with a run from its last model, as if it had not stopped.
  ///
  /// - Parameters:
  ///   - limits: new limits, counted from the very beginning (minutes: from now); nil: the old ones.
  ///   - sampleEvery: steps between two sample texts; nil: as before.
  ///   - keep: models of the last evaluations to keep; nil: as before.
  ///   - change: changes the configuration; what changes is then no longer what was begun.
  ///   - moved: folders or files of the text and where they are now.
  /// - Throws: ``RunFolderError``, ``ModelFileError``, ``TextInputError`` and others.
  public convenience init(
    resuming path: String, limits: TrainingLimits? = nil, moved: [String: String] = [:],
    threads: Int = 0, sampleEvery: Int? = nil, keep: Int? = nil,
    change: (inout TrainingConfiguration) -> Void = { _ in }
  ) throws {
    let stopped = try StoppedTraining(at: path)
    guard let vocabulary = stopped.model.vocabulary else {
      throw ModelFileError.notTrainable(path: stopped.file)
    }
    var information = try stopped.model.textRunInformation(path: stopped.file)
    information.sampleEvery = sampleEvery ?? information.sampleEvery
    information.keep = keep ?? information.keep
    let corpus = try TextCorpus(
      manifest: information.corpus, vocabulary: vocabulary, spoolFolder: stopped.folder.inputs,
      moved: moved)
    let parts = try Parts(
      reopening: information, corpus: corpus, folder: stopped.folder, moved: moved)
    let configuration = stopped.configuration(change)
    try TrainingMemory(
      stopped.model.network.description, configuration, count: parts.training.count
    ).check()
    let trainer = try Trainer(
      stopped.model.network, training: parts.training, validation: parts.validation,
      configuration: configuration, limits: limits ?? stopped.checkpoint.limits,
      continuing: stopped.checkpoint, threads: threads)
    try self.init(
      folder: stopped.folder, corpus: corpus,
      tokens: (parts.training.count, parts.validation?.count ?? 0), trainer: trainer,
      notes: Self.reductions(configuration, trainer.configuration, parts.training.count),
      information: information, threads: threads)
  }
}
