internal import Foundation
internal import Refrain
internal import RefrainTools

/// One thing to measure: a benchmark and its threads.
struct Point: Hashable, CustomStringConvertible {
  let benchmark: String
  let threads: Int

  var description: String { "\(benchmark), \(threads)" }

  /// Makes the network anew, so that no round inherits another's place in memory, and measures after
  /// one step that does not count.
  func tokensPerSecond(seconds: Double) throws -> Double {
    let measurement = try SpeedMeasurement(SpeedBenchmark(name: benchmark), threads: threads)
    _ = measurement.step()
    return 1 / secondsPerToken(measurement.step, seconds: seconds) { wallSeconds() }
  }
}

/// Runs steps for at least `seconds` of the clock `now` and returns the time that one token took.
func secondsPerToken(_ step: () -> Int, seconds: Double, now: () -> Double) -> Double {
  let begin = now()
  var tokens = 0
  var elapsed = 0.0
  repeat {
    tokens += step()
    elapsed = now() - begin
  } while elapsed < seconds
  return elapsed / Double(tokens)
}

/// The time that passes.
func wallSeconds() -> Double { seconds(of: CLOCK_MONOTONIC) }

/// The time that this thread computed: other programs hardly count.
func threadSeconds() -> Double { seconds(of: CLOCK_THREAD_CPUTIME_ID) }

private func seconds(of clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// What the tables say about where they were measured.
struct Machine {
  /// Processor, cores and kernels in half a sentence.
  let words: String

  init() {
    let report = SystemReport()
    words =
      "\(report.processor ?? report.architecture), \(report.cores) cores, "
      + "\(report.kernels.rawValue) kernels, Refrain \(RefrainVersion.version)"
  }
}
