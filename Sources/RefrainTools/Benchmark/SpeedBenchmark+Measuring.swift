public import Refrain

extension SpeedBenchmark {
  /// What was measured.
  public struct Result: Equatable, Sendable {
    /// The benchmark's name.
    public let benchmark: String
    /// What was counted.
    public let element: Element
    /// Tokens, or frames, per second: the median of the repetitions.
    public let tokensPerSecond: Double
    /// How many threads were used.
    public let threads: Int
    /// The kernels that computed.
    public let kernels: KernelChoice
    /// The speed that the processor could not exceed.
    public let limit: SpeedLimit

    /// The part of the limit that was reached, 0 to 1.
    public var shareOfLimit: Double { tokensPerSecond / limit.tokensPerSecond }
  }

  /// Measures the median of `repeats` measurements of about `seconds` each, after one that does not
  /// count; then the limit.
  ///
  /// - Parameters:
  ///   - threads: how many to use; 0 means all cores, for generation as many as help.
  ///   - repeats: how many measurements, 1 or more.
  ///   - seconds: how long each takes, about.
  ///   - kernels: the set of kernels to compute with.
  /// - Throws: ``/Refrain/ModelDescriptionError`` if there can be no such network.
  public func measure(
    threads: Int = 0, repeats: Int = 7, seconds: Double = 0.3, kernels: KernelChoice = .best
  ) throws -> Result {
    precondition(repeats >= 1, "at least one measurement is needed")
    let measurement = try SpeedMeasurement(self, threads: threads, kernels: kernels)
    // The first measurement warms the caches and the processor.
    _ = measurement.tokensPerSecond(seconds: seconds / 2)
    let speeds = (0..<repeats).map { _ in measurement.tokensPerSecond(seconds: seconds) }
    let processor = ProcessorLimits(threads: measurement.threads, kernels: kernels)
    return Result(
      benchmark: name, element: element, tokensPerSecond: Self.median(speeds),
      threads: measurement.threads,
      kernels: kernels, limit: limit(of: processor))
  }
  static func median(_ speeds: [Double]) -> Double {
    let sorted = speeds.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
