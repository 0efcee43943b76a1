/// One quantity varied while the others stay at the base point: LSTM 128 × 2, T 50, B 50, V 65.
struct Sweep {
  /// What is varied, as a column says it.
  let quantity: String
  /// What is varied, as an axis says it.
  let axis: String
  let values: [Int]
  /// The numbers of threads that are compared; empty where threads are what is varied.
  let threads: [Int]
  /// The benchmark for a value.
  let benchmark: (Int) -> String

  /// True where the values span more than one power of ten; few layers or threads do not.
  var isLogarithmic: Bool { (values.last ?? 1) > 10 * (values.first ?? 1) }

  /// Those values that are: far enough apart for their numbers to be read.
  var powersOfTwo: [Int] { values.filter { $0 & ($0 - 1) == 0 } }

  /// `scaling-hidden-size.svg`.
  var fileName: String {
    "scaling-" + quantity.replacing(" ", with: "-").lowercased() + ".svg"
  }

  /// What is measured for `value` with `threads`.
  func point(_ value: Int, threads: Int?) -> Point {
    Point(benchmark: benchmark(value), threads: threads ?? value)
  }

  /// The lines of the picture: numbers of threads, or nil where threads are varied.
  var lines: [Int?] { threads.isEmpty ? [nil] : threads }

  var points: [Point] {
    lines.flatMap { threads in values.map { point($0, threads: threads) } }
  }

  /// The five sweeps.
  static func all(cell: String, cores: Int) -> [Sweep] {
    let threads = Set([1, cores]).sorted()
    return [
      Sweep(
        quantity: "hidden size", axis: "units per layer (H)",
        values: [28, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1_024], threads: threads,
        benchmark: { "train-\(cell)-V65-H\($0)x2-T50-B50" }),
      Sweep(
        quantity: "batch", axis: "sequences of a batch (B)",
        values: [1, 2, 4, 8, 16, 32, 50, 64, 128, 256], threads: threads,
        benchmark: { "train-\(cell)-V65-H128x2-T50-B\($0)" }),
      Sweep(
        quantity: "sequence length", axis: "steps of a batch (T)",
        values: [16, 32, 50, 64, 128, 256, 512], threads: threads,
        benchmark: { "train-\(cell)-V65-H128x2-T\($0)-B50" }),
      Sweep(
        quantity: "layers", axis: "layers (L)", values: [1, 2, 3, 4], threads: threads,
        benchmark: { "train-\(cell)-V65-H128x\($0)-T50-B50" }),
      Sweep(
        quantity: "threads", axis: "threads", values: Array(1...max(cores, 1)), threads: [],
        benchmark: { _ in "train-\(cell)-V65-H128x2-T50-B50" }),
    ]
  }
}
