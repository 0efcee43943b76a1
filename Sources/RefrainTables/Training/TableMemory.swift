internal import Foundation
internal import Refrain

/// The memory that a training takes: what does not fit is refused before it is tried.
enum TableMemory {
  /// - Throws: ``TableTrainingError/tooLarge(needed:available:)``, or `ModelDescriptionError` if there can be
  ///   no such network.
  static func check(
    _ description: ModelDescription, _ configuration: TrainingConfiguration, _ corpus: RowCorpus
  ) throws {
    let size = try MemorySize(description)
    let read = (0..<corpus.count).map { corpus.inputs[$0].count }.max() ?? 1
    let said = (0..<corpus.count).map { corpus.targets[$0].count }.max() ?? 1
    let hasEncoder = description.encoder != nil
    let needed =
      size.network + size.parameters * Double(configuration.optimizer.momentNames.count)
      + size.workspace(
        // The end is said, too.
        steps: hasEncoder ? said + 1 : read, sourceSteps: hasEncoder ? read : 1,
        // Fewer rows make a smaller batch.
        sequences: max(1, min(configuration.batchSize, corpus.count)), mode: .training)
    let available = Double(ProcessInfo.processInfo.physicalMemory)
    if needed > available {
      throw TableTrainingError.tooLarge(needed: needed, available: available)
    }
  }
}
