import Foundation
internal import RefrainTools

extension BenchmarkCommand {
  /// `refrain benchmark --busy`.
  func measureBusy(_ benchmarks: [SpeedBenchmark], _ width: Int) throws {
    if !json { try printBusyHeading(width) }
    for benchmark in benchmarks {
      let result = try benchmark.measureBusy(threads: threads.count, repeats: `repeat`)
      try json ? Terminal.output.json(Self.json(result)) : printLine(result, width)
    }
  }

  private func printBusyHeading(_ width: Int) throws {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    try Terminal.output.line(
      """
      Tokens (music: frames) per second, the median of \(`repeat`). Busy: beside \(cores.of("spinning program")), with all
      threads (% of the speed without them) and with one:

        \("".leftAligned(width))  \("threads".rightAligned(7))\(columns("alone", "busy", "%", "one, busy"))
      """)
  }

  private func printLine(_ result: SpeedBenchmark.BusyResult, _ width: Int) throws {
    let speeds = [result.idle, result.busy, result.busyOneThread].map { Int($0.rounded()).grouped }
    try Terminal.output.line(
      "  \(result.benchmark.leftAligned(width))  \(String(result.threads).rightAligned(7))"
        + columns(speeds[0], speeds[1], (100 * result.shareOfIdle).fixed(0), speeds[2]))
  }

  private func columns(_ idle: String, _ busy: String, _ share: String, _ one: String) -> String {
    idle.rightAligned(12) + busy.rightAligned(12) + share.rightAligned(6) + one.rightAligned(12)
  }

  private static func json(_ result: SpeedBenchmark.BusyResult) -> JSONValue {
    [
      "benchmark": .string(result.benchmark), "threads": .integer(result.threads),
      "\(result.element)_per_second": .number(result.idle.rounded()),
      "busy_\(result.element)_per_second": .number(result.busy.rounded()),
      "busy_one_thread_\(result.element)_per_second": .number(result.busyOneThread.rounded()),
      "busy_share": .number((1000 * result.shareOfIdle).rounded() / 1000),
    ]
  }
}
