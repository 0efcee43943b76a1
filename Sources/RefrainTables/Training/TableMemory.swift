internal import Refrain

/// The memory that a training takes: what does not fit is refused before it is tried.
struct TableMemory {
  /// Bytes of the training's workspace, as a floating-point number, which no size overflows.
  let workspace: Double
  private let needed: Double

  /// - Throws: `ModelDescriptionError` if there can be no such network.
  init(
    _ description: ModelDescription, _ configuration: TrainingConfiguration,
    training: RowCorpus, validation: RowCorpus?
  ) throws {
    let size = try MemorySize(description)
    workspace = size.workspace(
      for: training, of: description, sequences: configuration.batchSize, mode: .training)
    let evaluation = validation.map {
      size.workspace(
        for: $0, of: description, sequences: RowEvaluator.mostSequences, mode: .inference)
    }
    needed = size.training(with: configuration.optimizer) + workspace + (evaluation ?? 0)
  }

  /// - Throws: ``TableTrainingError/tooLarge(needed:available:)``.
  func check() throws {
    let available = AvailableMemory.bytes
    if needed > available {
      throw TableTrainingError.tooLarge(needed: needed, available: available)
    }
  }
}

extension MemorySize {
  fileprivate func workspace(
    for rows: RowCorpus, of description: ModelDescription, sequences: Int, mode: Workspace.Mode
  ) -> Double {
    let hasEncoder = description.encoder != nil
    return workspace(
      // The end is said, too.
      steps: hasEncoder ? rows.longestTarget + 1 : rows.longestInput,
      sourceSteps: hasEncoder ? rows.longestInput : 1,
      // Fewer rows make a smaller batch.
      sequences: max(1, min(sequences, rows.count)), mode: mode)
  }
}

extension RowCorpus {
  /// The steps of the longest input; 1 without rows.
  var longestInput: Int { (0..<count).map { inputs[$0].count }.max() ?? 1 }
  /// The steps of the longest target; 1 without rows.
  var longestTarget: Int { (0..<count).map { targets[$0].count }.max() ?? 1 }
}
