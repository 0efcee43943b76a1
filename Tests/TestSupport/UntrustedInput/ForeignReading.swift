import AllocationCount
import Foundation

/// What became of reading a file from outside, and what it took.
package struct ForeignReading {
  /// Why the file was refused; nil: it was read.
  package let error: (any Error)?
  /// Bytes of the largest piece of memory that was asked for.
  package let largest: Int
  /// The most memory that was held at once, in bytes.
  package let peak: Int
  /// How long a processor was at it, in seconds, whatever else the machine had to do.
  package let seconds: Double

  /// Calls `read` and lets go of what it returns.
  package init(_ read: () throws -> Void) {
    let start = Self.threadSeconds()
    var found: (any Error)?
    allocation_count_begin()
    do { try read() } catch { found = error }
    largest = allocation_count_largest()
    peak = allocation_count_peak()
    error = found
    seconds = Self.threadSeconds() - start
  }

  private static func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Whether the file was read.
  package var isRead: Bool { error == nil }

  /// Whether memory is counted here at all.
  package static var countsMemory: Bool { allocation_count_works() != 0 }

  /// What is not as it was promised, if anything: the error is no sentence, a piece of memory is larger
  /// than twice the file and 1 MiB (and `allowance` bytes), or, in the long run only, it took 100 ms.
  package func fault(size: Int, allowance: Int = 0) -> String? {
    if let error, let fault = Self.fault(ofSentence: "\(error)") { return fault }
    if largest > 2 * size + 1 << 20 + allowance {
      return "a piece of \(largest) bytes was asked for, of a file of \(size)"
    }
    if TestLength.isLong, seconds > 0.1 { return "it took \(seconds) s" }
    return nil
  }

  /// What tells that `text` was not written for a person; nil: nothing.
  package static func fault(ofSentence text: String) -> String? {
    if !text.contains(" ") { return "“\(text)” is no sentence" }
    if text.unicodeScalars.count > 1000 { return "a sentence of \(text.count) characters" }
    if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      return "a sentence with control characters: \(text.debugDescription)"
    }
    let traces = [
      "Error(", "Error.", "Optional(", "Swift", "NSError", "Domain=", "path:", "Context(",
    ]
    return traces.first { text.contains($0) }.map { "“\($0)” in a sentence: \(text)" }
  }
}
