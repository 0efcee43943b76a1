public import Refrain

extension Run {
  /// Begins a training in a new folder.
  ///
  /// - Throws: ``RunFolderError``, ``/Refrain/ModelDescriptionError``, ``/Refrain/TrainingMemoryError``, what the
  ///   material says of its inputs, and others, each a sentence; then nothing is left of the folder.
  public convenience init(_ request: TrainingRequest<M>, to path: String) throws {
    let folder = try RunFolder.create(at: path)
    do {
      try self.init(request, in: folder)
    } catch {
      folder.remove()
      throw error
    }
  }

  private convenience init(_ request: TrainingRequest<M>, in folder: RunFolder) throws {
    let start = try request.startFrom.map { try TrainedModel($0) }
    let material = try M(request, startingFrom: start, in: folder)
    let configuration = material.configuration(request)
    let description = try material.description(request, startingFrom: start)
    try material.memory(description, configuration).check()
    let network = try Network(description, seed: configuration.seed)
    let remarks = try material.prepare(network, request, startingFrom: start)
    let trainer = try Trainer(
      network, training: material.training, validation: material.validation,
      configuration: configuration, limits: request.limits,
      following: request.repeating?.plan, threads: request.threads)
    try self.init(
      material, trainer, asked: configuration,
      record: material.record(request), remarks: remarks,
      in: folder, threads: request.threads)
  }

  /// Goes on with a run from its last model, as if it had not stopped.
  ///
  /// - Parameters:
  ///   - path: the run's folder.
  ///   - limits: new limits, counted from the very beginning (minutes: from now); nil: the old ones.
  ///   - repeating: the plan of another training by minutes to follow instead of the clock.
  ///   - moved: files or folders of the inputs and where they are now.
  ///   - threads: how many to use; 0 means all cores. What is trained never depends on it.
  ///   - sampleEvery: steps between two samples; nil: as before.
  ///   - keep: models of the last evaluations to keep; nil: as before.
  ///   - change: changes the configuration; what changes is then no longer what was begun.
  /// - Throws: ``RunFolderError``, ``/Refrain/ModelFileError``, ``OtherMaterialError``, ``InputFileError`` and
  ///   others.
  public convenience init(
    resuming path: String, limits: TrainingLimits? = nil,
    repeating: RepeatedPlan? = nil, moved: [String: String] = [:],
    threads: Int = 0, sampleEvery: Int? = nil, keep: Int? = nil,
    change: (inout TrainingConfiguration) -> Void = { _ in }
  ) throws {
    let stopped = try StoppedTraining(at: path)
    var record = try stopped.model.record(of: M.self)
    if let sampleEvery { record.sampleEvery = sampleEvery }
    if let keep { record.keep = keep }
    let material = try M(
      reopening: record, of: stopped.model.file, in: stopped.folder, moved: MovedPaths(moved))
    let network = stopped.model.network
    // Minutes that are asked for are counted anew, with a schedule of their own.
    let isAnew = limits?.minutes != nil && repeating == nil
    let configuration = stopped.configuration(change)
    try material.memory(network.description, configuration).check()
    let trainer = try Trainer(
      network, training: material.training, validation: material.validation,
      configuration: configuration,
      limits: limits ?? repeating?.limits ?? stopped.checkpoint.limits,
      continuing: isAnew ? stopped.checkpoint.withoutPlan : stopped.checkpoint,
      following: repeating?.plan, threads: threads)
    try self.init(
      material, trainer, asked: configuration, record: record, remarks: [], in: stopped.folder,
      threads: threads)
  }
}

extension Material {
  /// The memory that a training takes.
  ///
  /// - Throws: `TrainingConfigurationError` or `ModelDescriptionError` if there can be no such training.
  package func memory(
    _ description: ModelDescription, _ configuration: TrainingConfiguration
  ) throws -> TrainingMemory {
    try TrainingMemory(
      description, configuration, training: training, validation: validation)
  }
}
