package import RefrainTools

/// A work that is done side by side: who does it, and how far ahead of whom Refrain is to be.
package struct ComparisonRow: Sendable {
  /// The work.
  package let benchmark: SpeedBenchmark
  /// Those who do it besides Refrain.
  package let peers: [Peer]
  /// What is to be reached, if that was said.
  package let aim: Aim?

  /// A ratio of speeds to reach.
  package struct Aim: Equatable, Sendable {
    /// Compared with whom.
    package let peer: Peer
    /// Refrain's speed divided by theirs.
    package let ratio: Double
    /// With how many threads on each side.
    package let threads: Threads
  }

  /// How many threads an aim is about.
  package enum Threads: Equatable, Sendable {
    case one
    case all
  }

  /// Every row: training with all cores is to be ahead of PyTorch, generation on one thread ahead of
  /// ONNX Runtime.
  package static let standard: [ComparisonRow] = [
    training("lstm-V28-H28x1-T50-B50", aim: 8),
    training("lstm-V65-H128x2-T50-B50", aim: 2.5),
    training("gru-V65-H128x2-T50-B50", aim: 3),
    training("rnn-V65-H128x2-T50-B50"),
    training("lstm-V65-H128x2-T50-B1", aim: 4.5),
    // A step of MLX takes half a minute here.
    training("lstm-V65-H512x3-T100-B50", peers: [.pytorch, .keras], aim: 1.5),
    training("music-T40-B64", peers: [.pytorch], aim: 2),
    generation("lstm-V65-H128x2", aim: 10),
    generation("lstm-V65-H128x2-f16"),
    generation("gru-V65-H128x2"),
    generation("rnn-V65-H128x2"),
    generation("lstm-V65-H512x3", aim: 1.5),
    generation("lstm-V65-H512x3-f16", aim: 6),
    generation("lstm-V65-H512x3-i8"),
  ]

  private static func training(
    _ network: String, peers: [Peer] = [.pytorch, .keras, .mlx], aim ratio: Double? = nil
  ) -> ComparisonRow {
    ComparisonRow(
      benchmark: benchmark("train-" + network), peers: peers,
      aim: ratio.map { Aim(peer: .pytorch, ratio: $0, threads: .all) })
  }

  private static func generation(
    _ network: String, aim ratio: Double? = nil
  ) -> ComparisonRow {
    ComparisonRow(
      benchmark: benchmark("generate-" + network), peers: [.onnxruntime, .pytorch],
      aim: ratio.map { Aim(peer: .onnxruntime, ratio: $0, threads: .one) })
  }

  private static func benchmark(_ name: String) -> SpeedBenchmark {
    guard let benchmark = try? SpeedBenchmark(name: name) else {
      preconditionFailure("\(name) is no benchmark")
    }
    return benchmark
  }
}

/// A row with a number of threads: what is measured in one go.
package struct Contest: Sendable {
  /// The work and who does it.
  package let row: ComparisonRow
  /// Threads on each side.
  package let threads: Int
  /// Whether these are all cores: Refrain then uses as many as help, as it does for its users.
  package let usesAllCores: Bool

  /// `row` with one thread and with all `cores`.
  package static func all(of row: ComparisonRow, cores: Int) -> [Contest] {
    let wide = Contest(row: row, threads: cores, usesAllCores: true)
    return cores == 1 ? [wide] : [Contest(row: row, threads: 1, usesAllCores: false), wide]
  }

  /// The ratio that Refrain is to reach compared with `peer` here, if one was said.
  package func aim(for peer: Peer) -> Double? {
    guard let aim = row.aim, aim.peer == peer else { return nil }
    let applies = aim.threads == .all ? usesAllCores : threads == 1
    return applies ? aim.ratio : nil
  }

  /// `train-lstm-V28-H28x1-T50-B50, 2 threads`.
  package var title: String {
    "\(row.benchmark.name), \(ComparisonText.threads(threads))"
  }
}
