internal import Foundation
import Refrain

/// The least memory that a training takes: what is far too large is refused before it is tried.
struct MemoryEstimate {
  /// As a floating-point number, which no size overflows.
  let bytes: Double

  init(_ model: ModelDescription, _ configuration: TrainingConfiguration, tokens: Int) {
    // Shorter texts reduce the batch: no more positions than the text has.
    let positions = min(
      Double(configuration.batchSize) * Double(configuration.sequenceLength), Double(tokens))
    var inputs = Double(model.vocabularySize)
    var parameters = 0.0
    var activations = 0.0
    for layer in model.layers {
      switch layer {
      case .embedding(let size):
        parameters += inputs * Double(size)
        activations += 2 * Double(size)
        inputs = Double(size)
      case .recurrent(let cell, let size):
        let gates = Self.gates(cell)
        parameters += gates * Double(size) * (inputs + Double(size))
        activations += (gates + 2) * Double(size)
        inputs = Double(size)
      case .dense(let size, _):
        parameters += inputs * Double(size)
        activations += 2 * Double(size)
        inputs = Double(size)
      case .dropout: activations += 2 * inputs
      }
    }
    parameters += inputs * Double(model.outputSize)
    activations += Double(model.outputSize)
    // Weights, gradients and one or two moments.
    let copies = Double(configuration.optimizer.momentCount + 2)
    bytes = 4 * (parameters * copies + activations * positions)
  }

  private static func gates(_ cell: CellKind) -> Double {
    switch cell {
    case .lstm: 4
    case .gru: 3
    case .rnn, .custom: 1
    }
  }

  /// - Throws: ``TextTrainingError/tooLarge(needed:available:)``.
  func check() throws {
    let available = Double(ProcessInfo.processInfo.physicalMemory)
    if bytes > available {
      throw TextTrainingError.tooLarge(needed: bytes, available: available)
    }
  }
}

extension Optimizer {
  fileprivate var momentCount: Int {
    switch self {
    case .adam, .adamW: 2
    case .rmsProp, .sgd: 1
    }
  }
}
