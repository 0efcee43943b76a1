import Refrain

/// The memory that a training takes: what does not fit is refused before it is tried.
struct MemoryEstimate {
  /// As a floating-point number, which no size overflows.
  let bytes: Double

  /// - Throws: ``ModelDescriptionError`` if there can be no such network.
  init(_ model: ModelDescription, _ configuration: TrainingConfiguration, tokens: Int) throws {
    let size = try MemorySize(model)
    // Shorter texts reduce the batch.
    let batch = TokenBatches.fitting(
      count: tokens, steps: configuration.sequenceLength, sequences: configuration.batchSize)
    bytes =
      size.training(with: configuration.optimizer)
      + size.workspace(steps: batch.steps, sequences: batch.sequences, mode: .training)
      + size.workspace(
        steps: Evaluator.steps, sequences: Evaluator.mostStreams, mode: .inference)
  }

  /// - Throws: ``TextTrainingError/tooLarge(needed:available:)``.
  func check() throws {
    let available = AvailableMemory.bytes
    if bytes > available {
      throw TextTrainingError.tooLarge(needed: bytes, available: available)
    }
  }
}
