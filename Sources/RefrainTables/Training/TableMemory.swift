internal import Refrain

/// The memory that a training takes: what does not fit is refused before it is tried.
struct TableMemory {
  /// Bytes of the workspace, as a floating-point number, which no size overflows.
  let workspace: Double
  private let needed: Double

  /// - Throws: `ModelDescriptionError` if there can be no such network.
  init(
    _ description: ModelDescription, _ configuration: TrainingConfiguration, _ corpus: RowCorpus
  ) throws {
    let size = try MemorySize(description)
    let hasEncoder = description.encoder != nil
    workspace = size.workspace(
      // The end is said, too.
      steps: hasEncoder ? corpus.longestTarget + 1 : corpus.longestInput,
      sourceSteps: hasEncoder ? corpus.longestInput : 1,
      // Fewer rows make a smaller batch.
      sequences: max(1, min(configuration.batchSize, corpus.count)), mode: .training)
    needed = size.training(with: configuration.optimizer) + workspace
  }

  /// - Throws: ``TableTrainingError/tooLarge(needed:available:)``.
  func check() throws {
    let available = AvailableMemory.bytes
    if needed > available {
      throw TableTrainingError.tooLarge(needed: needed, available: available)
    }
  }
}

extension RowCorpus {
  /// The steps of the longest input; 1 without rows.
  var longestInput: Int { (0..<count).map { inputs[$0].count }.max() ?? 1 }
  /// The steps of the longest target; 1 without rows.
  var longestTarget: Int { (0..<count).map { targets[$0].count }.max() ?? 1 }
}
