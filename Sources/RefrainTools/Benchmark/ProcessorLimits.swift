public import Refrain

/// Measures what this processor can do at most, so that a benchmark can say which share it reaches.
public final class ProcessorLimits {
  /// How many threads take part.
  public let threads: Int
  private let pool: ThreadPool
  private let kernels: any KernelSet.Type
  private let memory = Arena()
  private let registers: Panels
  private let sums: SharedRow<Float>
  private let amounts: SharedRow<Int>
  private var buffer: (values: Panels, memory: Arena)?

  /// - Parameters:
  ///   - threads: how many take part; 0 means one per core.
  ///   - kernels: the set of kernels whose limits are measured.
  public init(threads: Int = 0, kernels: KernelChoice = .best) {
    pool = ThreadPool(count: threads)
    self.threads = pool.count
    self.kernels = kernels.kernels
    registers = memory.panels(rows: Self.registerRows, count: pool.count)
    sums = memory.row(of: Float.self, count: pool.count)
    amounts = memory.row(of: Int.self, count: pool.count)
  }

  /// Rows of sixteen that the values of one thread take: more than any processor has registers.
  private static let registerRows = 64

  /// Floating-point operations per second of all threads together, in multiply-adds on values that
  /// stay in registers; each counts as two. The best of what fits into `seconds`.
  public func operationsPerSecond(seconds: Double = 0.1) -> Double {
    let repeats = 1 << 17
    // Which of them keeps the units busy depends on the registers.
    return [3, 6, 8].map { chains in
      bestRate(seconds: seconds / 3) { share in
        var values = registers.write(0..<Self.registerRows, panel: share.index)
        // One is where x · 0.5 + 0.5 leads: no value ever becomes tiny, which would be slow.
        return kernels.repeatMultiplyAdd(
          &values, factor: 0.5, addend: 0.5, chains: chains, repeats: repeats)
      }
    }.max() ?? 0
  }

  /// Bytes per second that all threads together read from `bytes` bytes, each its own part again and
  /// again: from memory where they are many more than the last cache holds, from a cache else. The
  /// best of what fits into `seconds`.
  public func bytesPerSecond(reading bytes: Int, seconds: Double = 0.1) -> Double {
    let rows = max(bytes / Self.rowBytes, pool.count)
    if buffer?.values.rows != rows {
      buffer = nil
      let memory = Arena()
      buffer = (memory.panels(rows: rows, count: 1), memory)
    }
    guard let values = buffer?.values else { return 0 }
    // Often enough that meeting the other threads does not count.
    let times = max(1, (16 << 20) / (rows * Self.rowBytes))
    return bestRate(seconds: seconds) { share in
      let part = share.part(of: rows)
      var sum: Float = 0
      for _ in 0..<times { sum += kernels.sum(values.read(part, panel: 0)) }
      sums[share.index] = sum
      return times * part.count * Self.rowBytes
    }
  }

  private static let rowBytes = Panels.width * MemoryLayout<Float>.stride

  /// The highest rate of several runs of `work` on every thread, which returns how much it did.
  private func bestRate(seconds: Double, _ work: (ThreadShare) -> Int) -> Double {
    let clock = ContinuousClock()
    let begin = clock.now
    var best = 0.0
    repeat {
      let start = clock.now
      pool.run { share in amounts[share.index] = work(share) }
      let amount = (0..<pool.count).reduce(0) { $0 + amounts[$1] }
      best = max(best, Double(amount) / ((clock.now - start) / .seconds(1)))
    } while (clock.now - begin) / .seconds(1) < seconds
    return best
  }
}
