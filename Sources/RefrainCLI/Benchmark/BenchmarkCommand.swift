internal import ArgumentParser
internal import Refrain
internal import RefrainTools

/// `refrain benchmark`.
struct BenchmarkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Measures the speed of training and generation on this machine.",
    discussion: """
      The name of a benchmark describes it. train-lstm-V65-H128x2-T50-B50 trains two layers of 128 LSTM \
      units with a vocabulary of 65 tokens, on 50 time steps of 50 sequences at a time, with Adam and \
      gradient clipping. generate-gru-V65-H128x2 generates one text; -f16 or -i8 at the end means \
      half-precision or 8-bit weights. All such names with rnn, lstm or gru and other sizes work. \
      train-music-T40-B64 trains the lecture's larger model to predict the frame of 1,025 bins that \
      follows 40 frames, for 64 sequences at a time; its speed is in frames per second.

      --busy measures beside as many spinning programs as there are cores: with all threads, and with one. \
      It shows what is left when other programs keep the computer busy.

      Without names, these are measured:

      \(SpeedBenchmark.standard.map { "  " + $0 }.joined(separator: "\n"))
      """)

  @Argument(help: "Benchmarks to run (default: the list above).")
  var names: [String] = []

  @OptionGroup var threads: ThreadsOption

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Number of measurements of each, 1 to 1000; the median is reported.", valueName: "n"))
  var `repeat` = 7

  @Flag(help: "Measures also beside programs that keep every core busy.")
  var busy = false

  @Flag(help: "Prints one JSON object per line instead of a table.")
  var json = false

  func validate() throws {
    if !(1...1000).contains(`repeat`) {
      throw ValidationError("--repeat must be between 1 and 1000, not \(`repeat`).")
    }
    do { _ = try benchmarks } catch let error as SpeedBenchmarkError {
      throw ValidationError(error.description)
    }
  }

  private var benchmarks: [SpeedBenchmark] {
    get throws {
      try (names.isEmpty ? SpeedBenchmark.standard : names).map { try SpeedBenchmark(name: $0) }
    }
  }

  func run() async throws {
    let benchmarks = try benchmarks
    let width = benchmarks.map(\.name.count).max() ?? 0
    if busy { return try measureBusy(benchmarks, width) }
    if !json { try printProcessor() }
    for benchmark in benchmarks {
      let result = try benchmark.measure(threads: threads.count, repeats: `repeat`)
      try json ? Terminal.output.json(Self.json(result)) : printLine(result, width)
    }
  }

  /// What the shares are shares of.
  private func printProcessor() throws {
    let limits = ProcessorLimits(threads: threads.count)
    let operations = (limits.operationsPerSecond() / 1e9).fixed(0)
    let memory = Int(min(512 << 20, SystemReport().memory / 8))
    let bytes = (limits.bytesPerSecond(reading: memory) / 1e9).fixed(1)
    try Terminal.output.line(
      """
      This processor: \(operations) billion operations a second in multiply-adds, \(bytes) GB a second
      read from memory; \(limits.threads.of("thread")), \(KernelChoice.best.rawValue) kernels.

      Tokens (music: frames) per second, the median of \(`repeat`), and as a percentage of the speed that multiply-adds
      alone, or reading the weights alone, would allow:
      """)
  }

  private func printLine(_ result: SpeedBenchmark.Result, _ width: Int) throws {
    let speed = Int(result.tokensPerSecond.rounded()).grouped
    let cause = result.limit.cause == .multiplyAdd ? "multiply-adds" : "reading"
    try Terminal.output.line(
      "  \(result.benchmark.leftAligned(width))  \(speed.rightAligned(11))  \(result.threads.of("thread"))  "
        + "\((100 * result.shareOfLimit).fixed(0)) % of \(cause)")
  }

  private static func json(_ result: SpeedBenchmark.Result) -> JSONValue {
    [
      "benchmark": .string(result.benchmark),
      "\(result.element)_per_second": .number(result.tokensPerSecond.rounded()),
      "threads": .integer(result.threads), "kernels": .string(result.kernels.rawValue),
      "limit": .string(result.limit.cause.rawValue),
      "share_of_limit": .number((1000 * result.shareOfLimit).rounded() / 1000),
    ]
  }
}
