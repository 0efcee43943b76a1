import Foundation
public import Refrain

extension SpeedBenchmark {
  /// What was measured beside other programs.
  public struct BusyResult: Equatable, Sendable {
    /// The benchmark's name.
    public let benchmark: String
    /// What was counted.
    public let element: Element
    /// How many threads were used.
    public let threads: Int
    /// Tokens, or frames, per second of all threads on an idle machine: the median of the repetitions.
    public let idle: Double
    /// The same beside as many spinning programs as the machine has cores.
    public let busy: Double
    /// What one thread alone reaches beside the same programs.
    public let busyOneThread: Double

    /// The part of its idle speed that a busy machine leaves, 0 to 1.
    public var shareOfIdle: Double { busy / idle }
  }

  /// Measures the speed on an idle machine, and with all threads and with one beside as many spinning
  /// programs as there are cores. They take turns `repeats` times, because a machine's speed changes.
  ///
  /// - Parameters:
  ///   - threads: how many to use; 0 means all cores, for generation as many as help.
  ///   - repeats: how many measurements of each, 1 or more.
  ///   - seconds: how long each takes, about.
  ///   - kernels: the set of kernels to compute with.
  /// - Throws: ``/Refrain/ModelDescriptionError`` if there can be no such network;
  ///   ``SpinningProgramsError``.
  public func measureBusy(
    threads: Int = 0, repeats: Int = 7, seconds: Double = 0.3, kernels: KernelChoice = .best
  ) throws -> BusyResult {
    precondition(repeats >= 1, "at least one measurement is needed")
    // A network for each, because threads remember how many of them a busy machine lets work.
    let (idle, busy, busyOneThread) = (
      try SpeedMeasurement(self, threads: threads, kernels: kernels),
      try SpeedMeasurement(self, threads: threads, kernels: kernels),
      try SpeedMeasurement(self, threads: 1, kernels: kernels)
    )
    var speeds = (idle: [Double](), busy: [Double](), busyOneThread: [Double]())
    for number in 0..<repeats {
      // The first of two measurements warms the caches and the processor.
      _ = idle.tokensPerSecond(seconds: seconds)
      speeds.idle.append(idle.tokensPerSecond(seconds: seconds))
      let programs = try SpinningPrograms(count: ProcessInfo.processInfo.activeProcessorCount)
      withExtendedLifetime(programs) {
        _ = busy.tokensPerSecond(seconds: (number == 0 ? Self.roundsToSettle : 2) * seconds)
        speeds.busy.append(busy.tokensPerSecond(seconds: seconds))
        speeds.busyOneThread.append(busyOneThread.tokensPerSecond(seconds: seconds))
      }
    }
    return BusyResult(
      benchmark: name, element: element, threads: idle.threads, idle: Self.median(speeds.idle),
      busy: Self.median(speeds.busy), busyOneThread: Self.median(speeds.busyOneThread))
  }

  /// How many measurements long threads may take to find out how many of them a busy machine lets work.
  private static let roundsToSettle = 10.0
}
