import Foundation

/// Tells whether other programs take more than half of the processor time that a training could have.
struct MachineLoad {
  /// Threads that the training would like to run.
  private let threads: Int
  private var last: (time: ContinuousClock.Instant, processorSeconds: Double)?
  private var hasTold = false

  /// Time between two looks.
  private static let interval = Duration.seconds(10)
  /// The machine is busy when so many threads per core want to run.
  private static let busyLoad = 1.25

  init(threads: Int) { self.threads = threads }

  /// Whether more than half of the time since the last look was lost; true once at most.
  mutating func isHeavy() -> Bool {
    let now = ContinuousClock.now
    guard !hasTold, last.map({ now - $0.time >= Self.interval }) ?? true else { return false }
    let seconds = Self.processorSeconds
    defer { last = (now, seconds) }
    guard let last, Self.isBusy else { return false }
    let could = Double(threads) * ((now - last.time) / .seconds(1))
    hasTold = seconds - last.processorSeconds < could / 2
    return hasTold
  }

  /// Whether more threads want to run than there are cores, on average over the last minute.
  private static var isBusy: Bool {
    var load = 0.0
    let cores = Double(ProcessInfo.processInfo.activeProcessorCount)
    return getloadavg(&load, 1) == 1 && load > busyLoad * cores
  }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
