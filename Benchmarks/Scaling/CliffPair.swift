internal import Foundation
internal import Refrain
internal import RefrainTools

/// Two neighbouring sizes of which the second should cost hardly more per token than padding explains.
struct CliffPair {
  /// What is varied.
  let quantity: String
  let first: Int
  let second: Int
  /// The benchmark for a value.
  let benchmark: (Int) -> String

  /// One unit beyond which is a cliff.
  static let limit = 1.15

  /// Neighbours around whole panels and around the ends of the kernels' tiles.
  static func all(cell: String) -> [CliffPair] {
    let units = [15, 16, 31, 32, 63, 64, 127, 128, 255, 256]
    let sequences = Array(1...12) + [24, 25, 31, 32, 49, 50, 63, 64]
    return neighbours("hidden size", units) { "train-\(cell)-V65-H\($0)x2-T50-B50" }
      + neighbours("batch", sequences) { "train-\(cell)-V65-H128x2-T50-B\($0)" }
      + neighbours("sequence length", [15, 16, 49, 50]) { "train-\(cell)-V65-H128x2-T\($0)-B50" }
      + neighbours("vocabulary", [63, 64, 255, 256]) { "train-\(cell)-V\($0)-H128x2-T50-B50" }
      + neighbours("hidden size, generating", units) { "generate-\(cell)-V65-H\($0)x2" }
  }

  private static func neighbours(
    _ quantity: String, _ values: [Int], _ benchmark: @escaping (Int) -> String
  ) -> [CliffPair] {
    values.map {
      CliffPair(quantity: quantity, first: $0, second: $0 + 1, benchmark: benchmark)
    }
  }

  /// Measures both in turn. Where the second costs too much, the pair is measured once more, three times
  /// as often, and that counts: a machine has its moments.
  func measure(threads: Int, rounds: Int, seconds: Double) throws -> CliffResult {
    let one = try SpeedBenchmark(name: benchmark(first))
    let other = try SpeedBenchmark(name: benchmark(second))
    let explained = Self.multiplications(other) / Self.multiplications(one)
    let steps = (
      try SpeedMeasurement(one, threads: threads).step,
      try SpeedMeasurement(other, threads: threads).step
    )
    _ = steps.0()
    _ = steps.1()
    func ratio(_ rounds: Int) -> Double {
      let now = threads == 1 ? threadSeconds : wallSeconds
      return median(
        (0..<rounds).map { _ in
          let before = secondsPerToken(steps.0, seconds: seconds, now: now)
          return secondsPerToken(steps.1, seconds: seconds, now: now) / before
        })
    }
    let result = CliffResult(
      pair: self, threads: threads, measured: ratio(rounds), explained: explained)
    if !result.isCliff { return result }
    return CliffResult(
      pair: self, threads: threads, measured: ratio(3 * rounds), explained: explained)
  }

  /// Multiplications of one token in the products of a forward step, whole panels counted: those of
  /// backward are in the same proportion.
  private static func multiplications(_ benchmark: SpeedBenchmark) -> Double {
    guard case .text(let model) = benchmark.model else {
      preconditionFailure("\(benchmark.name) is no pair's")
    }
    let units = Double(Panels.needed(for: model.hidden) * Panels.width)
    let tokens = Double(Panels.needed(for: model.vocabularySize) * Panels.width)
    let gates: Double
    switch model.cell {
    case .lstm: gates = 4
    case .gru: gates = 3
    case .rnn: gates = 1
    default: preconditionFailure("no pair is made of \(model.cell) units")
    }
    // The first layer reads a row of a table instead of multiplying.
    return gates * units * units * Double(2 * model.layers - 1) + units * tokens
  }
}

/// What a pair cost.
struct CliffResult {
  let pair: CliffPair
  let threads: Int
  /// The second's time per token over the first's.
  let measured: Double
  /// The ratio of the multiplications.
  let explained: Double

  var beyond: Double { measured / explained }
  var isCliff: Bool { beyond > CliffPair.limit }

  /// A line of the table.
  var row: String {
    let numbers = [measured, explained, beyond].map { String(format: "%.2f", $0) }
    let cells =
      [pair.quantity, "\(pair.first) → \(pair.second)", "\(threads)"] + numbers
      + [isCliff ? "**cliff**" : "fine"]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}
