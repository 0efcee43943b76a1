import Foundation

/// Tells whether the process ran: its processor time stands still while a computer sleeps or a signal stops it.
package struct StandstillWatch {
  private var last: (seconds: Double, processor: Double)?
  /// Seconds of processor time that the process has taken.
  private let processorSeconds: () -> Double

  /// Seconds, at least, of a standstill.
  private static let least = 2.0
  /// The share of one core below which nothing has run.
  private static let share = 0.02

  init(processorSeconds: @escaping () -> Double) { self.processorSeconds = processorSeconds }

  /// Seconds up to `seconds` by the clock, since it was asked last, in which the process stood still.
  mutating func standstill(at seconds: Double) -> Double {
    let processor = processorSeconds()
    defer { last = (seconds, processor) }
    guard let last, seconds - last.seconds >= Self.least,
      processor - last.processor < Self.share * (seconds - last.seconds)
    else { return 0 }
    return seconds - last.seconds
  }

  /// Seconds of processor time that this process has taken, all threads together.
  package static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
