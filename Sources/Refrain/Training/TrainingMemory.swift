/// The memory that a training takes: what does not fit is refused before it is tried.
package struct TrainingMemory {
  /// Bytes of the training's workspace, as a floating-point number, which no size overflows.
  package let workspace: Double
  private let needed: Double
  private let lengthSetting: Sentence

  /// - Throws: ``TrainingConfigurationError`` or ``ModelDescriptionError`` if there can be no such training.
  package init(
    _ description: ModelDescription, _ configuration: TrainingConfiguration,
    training: TrainingData, validation: TrainingData?
  ) throws {
    try configuration.check()
    let size = try MemorySize(description)
    let (data, evaluation): (Double, Double)
    switch training {
    case .stream(let stream):
      var batch = (steps: configuration.sequenceLength, sequences: configuration.batchSize)
      if !description.predictsOnlyLast {
        // Less to learn reduces the batch.
        batch = TokenBatches.fitting(
          count: stream.count, steps: batch.steps, sequences: batch.sequences)
      }
      workspace = size.workspace(
        steps: batch.steps, sequences: batch.sequences, mode: .training)
      data = Double(stream.frames?.byteCount ?? 0)
      evaluation = size.workspace(
        steps: description.predictsOnlyLast ? configuration.sequenceLength : Evaluator.steps,
        sequences: Evaluator.mostStreams, mode: .inference)
      lengthSetting = "\(.sequenceLength)"
    case .rows(let rows):
      func bytes(_ rows: RowCorpus, sequences: Int, _ mode: Workspace.Mode) -> Double {
        let arrangement = RowArrangement(rows, for: description)
        return size.workspace(
          steps: arrangement.mostSteps, sourceSteps: arrangement.mostSourceSteps,
          // Fewer rows make a smaller batch.
          sequences: max(1, min(sequences, rows.count)), mode: mode)
      }
      workspace = bytes(rows, sequences: configuration.batchSize, .training)
      data = 0
      if case .rows(let rows) = validation {
        evaluation = bytes(rows, sequences: RowEvaluator.mostSequences, .inference)
      } else {
        evaluation = 0
      }
      lengthSetting = "the longest row"
    }
    needed = data + size.training(with: configuration.optimizer) + workspace + evaluation
  }

  /// - Throws: ``TrainingMemoryError`` if this process cannot have so much.
  package func check() throws {
    let available = AvailableMemory.bytes
    if needed > available {
      throw TrainingMemoryError(
        needed: needed, available: available, lengthSetting: lengthSetting)
    }
  }
}

extension MemorySize {
  /// Bytes of a training without its workspaces and its corpus: the network, the optimizer's moments, and for
  /// a while three times what a model file of both holds, as it is put together.
  package func training(with optimizer: Optimizer) -> Double {
    let moments = Double(optimizer.momentNames.count)
    return network + parameters * moments + 3 * (parameters * (1 + moments) + statistics)
  }
}

/// A training needs more memory than this process can have.
public struct TrainingMemoryError: SentenceError, Equatable {
  /// Bytes that the training needs at least.
  public let needed: Double
  /// Bytes that this process can have.
  public let available: Double
  /// What decides how long the sequences are.
  let lengthSetting: Sentence

  /// One sentence.
  public var sentence: Sentence {
    "This training needs at least \(Self.gibibytes(needed)) of memory and there is "
      + "\(Self.gibibytes(available)); lower \(.hidden), \(.layers), \(.batchSize) or "
      + lengthSetting + "."
  }

  private static func gibibytes(_ bytes: Double) -> String {
    let value = bytes / 0x1p30
    if value >= 1e6 { return "more than a million GiB" }
    let tenths = (value * 10).rounded() / 10
    return tenths < 10 ? "\(tenths) GiB" : "\(Int(value.rounded())) GiB"
  }
}
