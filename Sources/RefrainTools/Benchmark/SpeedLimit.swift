import Refrain

/// The speed that a processor could not exceed at a benchmark.
public struct SpeedLimit: Equatable, Sendable {
  /// What there is only so much of.
  public enum Cause: String, Sendable {
    /// Multiply-adds per second: nothing would be done but the products' multiplications.
    case multiplyAdd = "multiply_add"
    /// Bytes per second: nothing would be done but to read every weight once per token.
    case reading = "reading"
  }

  /// What there is only so much of.
  public let cause: Cause
  /// The speed if that alone took time, in tokens, or frames, per second.
  public let tokensPerSecond: Double

  package init(cause: Cause, tokensPerSecond: Double) {
    self.cause = cause
    self.tokensPerSecond = tokensPerSecond
  }
}

extension SpeedBenchmark {
  /// The weights that every token, or frame, is multiplied by. Nothing that is padded counts.
  ///
  /// What follows the last step alone, once per sequence of `T` steps, counts as a `T`-th.
  public var multipliedWeights: Double {
    let costs = figures.map(\.cost)
    let perStep = costs.reduce(0) { $0 + $1.perStep }
    let perSequence = costs.reduce(0) { $0 + $1.perSequence }
    guard case .training(let steps, _) = work else { return Double(perStep + perSequence) }
    return Double(perStep) + Double(perSequence) / Double(steps)
  }

  private var figures: [LayerFigures] {
    guard let figures = try? description.layerFigures() else {
      preconditionFailure("A benchmark's network has a layer that cannot be.")
    }
    return figures
  }

  /// Floating-point operations that a token, or frame, needs: forward a multiplication and an addition per
  /// weight; in training twice as many backward, for the gradients of inputs and of weights. Nobody needs
  /// the gradients of frames, nor of what the first layer, a batch norm, makes of them.
  public var operationsPerToken: Double {
    guard case .training = work else { return 2 * multipliedWeights }
    return 6 * multipliedWeights - 2 * Double(weightsOfFrames)
  }

  /// The weights of the first recurrent layer that frames are multiplied by.
  private var weightsOfFrames: Int {
    let description = description
    guard description.readsFrames, description.layers.count > 1,
      description.layers[0] == .batchNorm, case .recurrent(_, let hidden) = description.layers[1]
    else { return 0 }
    // What reads the frames, the batch norm and the layer itself; its other matrix is `blocks · H · H`.
    let cost = figures[2].cost.perStep
    return cost * description.inputSize / (description.inputSize + hidden)
  }

  /// The speed that this processor cannot exceed, measured now for about `seconds`.
  ///
  /// Training reads a weight for many tokens at once, so that multiply-adds limit it. Generating reads
  /// all of them for each token: from the memory, or from a cache that they fit into.
  public func limit(of processor: ProcessorLimits, seconds: Double = 0.1) -> SpeedLimit {
    let computing = SpeedLimit(
      cause: .multiplyAdd,
      tokensPerSecond: processor.operationsPerSecond(seconds: seconds) / operationsPerToken)
    guard case .generation(let weights) = work else { return computing }
    let bytes = Int(multipliedWeights) * weights.byteCount
    let reading = SpeedLimit(
      cause: .reading,
      tokensPerSecond: processor.bytesPerSecond(reading: bytes, seconds: seconds)
        / Double(bytes))
    return reading.tokensPerSecond < computing.tokensPerSecond ? reading : computing
  }
}
