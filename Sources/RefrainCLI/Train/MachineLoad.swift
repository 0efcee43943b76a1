import Foundation
import Refrain

/// Tells whether other programs take more than half of the processor time that a training could have.
struct MachineLoad {
  /// Threads of the training that could run at once.
  private let threads: Int
  private var last: (time: ContinuousClock.Instant, processorSeconds: Double)?
  private var hasTold = false

  /// Time between two looks.
  private static let interval = Duration.seconds(10)
  /// The machine is busy when so many threads per core want to run.
  private static let busyLoad = 1.25

  /// - Parameter threads: those of the training.
  init(threads: Int) { self.threads = min(threads, Self.cores) }

  /// Whether more than half of the time since the last look was lost; true once at most.
  mutating func isHeavy() -> Bool {
    let now = ContinuousClock.now
    guard !hasTold, last.map({ now - $0.time >= Self.interval }) ?? true else { return false }
    let seconds = StandstillWatch.processorSeconds()
    defer { last = (now, seconds) }
    guard let last, Self.isBusy else { return false }
    let could = Double(threads) * ((now - last.time) / .seconds(1))
    hasTold = seconds - last.processorSeconds < could / 2
    return hasTold
  }

  /// Whether more threads want to run than there are cores, on average over the last minute.
  private static var isBusy: Bool {
    var load = 0.0
    return getloadavg(&load, 1) == 1 && load > busyLoad * Double(cores)
  }

  private static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }
}
