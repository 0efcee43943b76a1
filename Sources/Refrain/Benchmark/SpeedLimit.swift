/// The speed that a processor could not exceed at a benchmark.
public struct SpeedLimit: Codable, Equatable, Sendable {
  /// What there is only so much of.
  public enum Cause: String, Codable, Sendable {
    /// Multiply-adds per second: nothing would be done but the products' multiplications.
    case multiplyAdd = "multiply_add"
    /// Bytes per second: nothing would be done but to read every weight once per token.
    case reading = "reading"
  }

  /// What there is only so much of.
  public let cause: Cause
  /// The speed if that alone took time.
  public let tokensPerSecond: Double

  package init(cause: Cause, tokensPerSecond: Double) {
    self.cause = cause
    self.tokensPerSecond = tokensPerSecond
  }
}

extension SpeedBenchmark {
  /// The weights that every token is multiplied by: `G · H · (H + H)` of a layer with `G` gate blocks,
  /// `G · H · H` of the first, whose one-hot input only chooses a column, and `V · H` of the output.
  /// Nothing that is padded counts.
  public var multipliedWeights: Int {
    let gates = [CellKind.lstm: 4, .gru: 3][cell] ?? 1
    return gates * hidden * hidden * (2 * layers - 1) + vocabularySize * hidden
  }

  /// Floating-point operations that a token needs: forward a multiplication and an addition per
  /// weight; in training twice as many backward, for the gradients of inputs and of weights.
  public var operationsPerToken: Int {
    switch work {
    case .training: 6 * multipliedWeights
    case .generation: 2 * multipliedWeights
    }
  }

  /// The speed that this processor cannot exceed, measured now for about `seconds`.
  ///
  /// Training reads a weight for many tokens at once, so that multiply-adds limit it. Generating reads
  /// all of them for each token: from the memory, or from a cache that they fit into.
  public func limit(of processor: ProcessorLimits, seconds: Double = 0.1) -> SpeedLimit {
    let computing = SpeedLimit(
      cause: .multiplyAdd,
      tokensPerSecond: processor.operationsPerSecond(seconds: seconds)
        / Double(operationsPerToken))
    guard case .generation(let weights) = work else { return computing }
    let bytes = multipliedWeights * weights.byteCount
    let reading = SpeedLimit(
      cause: .reading,
      tokensPerSecond: processor.bytesPerSecond(reading: bytes, seconds: seconds)
        / Double(bytes))
    return reading.tokensPerSecond < computing.tokensPerSecond ? reading : computing
  }
}
