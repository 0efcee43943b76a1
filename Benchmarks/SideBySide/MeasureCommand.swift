internal import ArgumentParser
internal import Comparison
internal import Foundation
internal import Refrain
internal import RefrainTools

/// Refrain's own contestant: it speaks as `Benchmarks/Peers/protocol.py` describes.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Does one piece of work whenever a line on standard input says for how many seconds.",
    shouldDisplay: false)

  @Argument(help: "What to do, as “refrain benchmark” names it.")
  var name: String

  @Argument(help: "How many threads to use; 0 means as many as help.")
  var threads: Int

  func run() throws {
    let measurement = try SpeedMeasurement(SpeedBenchmark(name: name), threads: threads)
    // As the peers do: two steps, and a third to see how long it takes.
    for _ in 0..<2 { _ = measurement.tokensPerSecond(seconds: 0) }
    let clock = ContinuousClock()
    let step = clock.measure { _ = measurement.tokensPerSecond(seconds: 0) } / .seconds(1)
    Self.write(#"{"ready": true}"#)
    while let line = readLine() {
      guard let seconds = Double(line) else {
        throw ValidationError("“\(line)” is no number of seconds.")
      }
      // Another process has just had the caches; where a step takes long, that does not matter.
      if step < seconds / 10 { _ = measurement.tokensPerSecond(seconds: seconds / 10) }
      let speed = measurement.tokensPerSecond(seconds: seconds)
      let turn = Turn(tokensPerSecond: speed, peakBytes: PeakMemory.bytes)
      Self.write(String(decoding: try JSONEncoder().encode(turn), as: UTF8.self))
    }
  }

  private static func write(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}
