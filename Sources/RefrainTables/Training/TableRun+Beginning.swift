public import Refrain

extension TableRun {
  /// Begins a training in a new folder.
  ///
  /// - Throws: ``TableError``, ``TableTaskError``, ``TableTrainingError``, `RunFolderError` and others, each a
  ///   sentence; then nothing is left of the folder.
  public convenience init(_ request: TableTrainingRequest, to path: String) throws {
    let folder = try RunFolder.create(at: path)
    do {
      try self.init(request, in: folder)
    } catch {
      folder.remove()
      throw error
    }
  }

  private convenience init(_ request: TableTrainingRequest, in folder: RunFolder) throws {
    let data = try TableData(request)
    let training = try data.training()
    let configuration = request.configuration(rows: training.places.count)
    let description = try request.model.description(of: data.task)
    let validation = try data.validation()
    try TrainingMemory(
      description, configuration, rows: training.corpus, validation: validation?.corpus
    ).check()
    try self.init(
      try Network(description, seed: configuration.seed), data: data, training, validation,
      configuration: configuration, limits: request.limits, continuing: nil, in: folder,
      information: data.information, threads: request.threads)
  }

  /// Goes on with a run from its last model, as if it had not stopped.
  ///
  /// - Parameters:
  ///   - limits: new limits, counted from the very beginning (minutes: from now); nil: the old ones.
  ///   - moved: folders or files of the tables and where they are now.
  ///   - sampleEvery: steps between two samples; nil: as before.
  ///   - keep: models of the last evaluations to keep; nil: as before.
  ///   - change: changes the configuration; what changes is then no longer what was begun.
  /// - Throws: `RunFolderError`, `ModelFileError`, ``TableTrainingError``, ``TableError`` and others.
  public convenience init(
    resuming path: String, limits: TrainingLimits? = nil, moved: [String: String] = [:],
    threads: Int = 0, sampleEvery: Int? = nil, keep: Int? = nil,
    change: (inout TrainingConfiguration) -> Void = { _ in }
  ) throws {
    let stopped = try StoppedTraining(at: path)
    var information = try TableRunInformation(stopped.model, path: stopped.file)
    information.sampleEvery = sampleEvery ?? information.sampleEvery
    information.keep = keep ?? information.keep
    let data = try TableData(reopening: information, moved: moved)
    let training = try data.training()
    let validation = try data.validation()
    let configuration = stopped.configuration(change)
    try TrainingMemory(
      stopped.model.network.description, configuration, rows: training.corpus,
      validation: validation?.corpus
    ).check()
    try self.init(
      stopped.model.network, data: data, training, validation, configuration: configuration,
      limits: limits ?? stopped.checkpoint.limits, continuing: stopped.checkpoint,
      in: stopped.folder, information: information, threads: threads)
  }

  private convenience init(
    _ network: Network, data: TableData, _ training: TaskRows, _ validation: TaskRows?,
    configuration: TrainingConfiguration, limits: TrainingLimits,
    continuing checkpoint: TrainingCheckpoint?, in folder: RunFolder,
    information: TableRunInformation, threads: Int
  ) throws {
    let trainer = try Trainer(
      network, rows: training.corpus, validation: validation?.corpus,
      configuration: configuration, limits: limits, continuing: checkpoint, threads: threads)
    try self.init(
      folder: folder, data: data, training: training, validation: validation, trainer: trainer,
      notes: TableNotes(data).sentences(training, validation), information: information,
      threads: threads)
  }
}
