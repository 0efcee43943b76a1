internal import ArgumentParser
internal import Comparison
internal import Dispatch
internal import Foundation
internal import Refrain
internal import RefrainTools

/// Measures and writes the table.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Measures Refrain and the peers that are installed in turn, and writes a table.",
    discussion: """
      Run it in the project's root, on a machine that does nothing else. “make bench-peers” installs \
      the peers; Benchmarks/README.md says what is measured and how.
      """)

  @Option(help: ArgumentHelp("Turns of each. (default: 7)", valueName: "n"))
  var rounds: Int?

  @Option(help: ArgumentHelp("How long a turn is.", valueName: "seconds"))
  var seconds = 1.0

  @Option(help: ArgumentHelp("Only the rows in whose name this occurs.", valueName: "regex"))
  var rows = ""

  @Option(
    help: ArgumentHelp(
      "Only these, with commas: pytorch, keras, mlx, onnxruntime; or none.", valueName: "peers"))
  var peers = Peer.allCases.map(\.rawValue).joined(separator: ",")

  @Option(help: ArgumentHelp("The Python that has the peers.", valueName: "path"))
  var python: String?

  @Option(help: ArgumentHelp("Where the table goes.", valueName: "path"))
  var to = ".build/benchmarks.md"

  @Flag(help: "Three rounds, to see whether everything works.")
  var quick = false

  @Flag(help: "Everybody computes with AVX2 and FMA even where there is more.")
  var heldToAvx2 = false

  func validate() throws {
    if let rounds, !(1...1000).contains(rounds) {
      throw ValidationError("--rounds must be between 1 and 1000, not \(rounds).")
    }
    if !(0.01...600).contains(seconds) {
      throw ValidationError("--seconds must be between 0.01 and 600, not \(seconds).")
    }
    if heldToAvx2 && !KernelChoice.avx2.isAvailable {
      throw ValidationError("This processor has no AVX2 and FMA; leave --held-to-avx2 away.")
    }
    if try chosenRows().isEmpty {
      throw ValidationError(
        "No row's name has “\(rows)” in it; there are "
          + ComparisonRow.standard.map(\.benchmark.name).joined(separator: ", ") + ".")
    }
    _ = try chosenPeers()
  }

  private func chosenRows() throws -> [ComparisonRow] {
    if rows.isEmpty { return ComparisonRow.standard }
    guard let expression = try? Regex(rows) else {
      throw ValidationError("“\(rows)” is no regular expression.")
    }
    return ComparisonRow.standard.filter { $0.benchmark.name.contains(expression) }
  }

  private func chosenPeers() throws -> [Peer] {
    if peers == "none" { return [] }
    return try peers.split(separator: ",", omittingEmptySubsequences: false).map {
      guard let peer = Peer(rawValue: String($0)) else {
        throw ValidationError(
          "There is no peer “\($0)”; choose among pytorch, keras, mlx, onnxruntime, or none.")
      }
      return peer
    }
  }

  func run() throws {
    endContestantsWhenInterrupted()
    let plan = ContestPlan(rounds: rounds ?? (quick ? 3 : 7), seconds: seconds)
    let run = SideBySideRun(
      contests: try chosenRows().flatMap {
        Contest.all(of: $0, cores: ProcessInfo.processInfo.activeProcessorCount)
      },
      plan: plan, kernels: heldToAvx2 ? .avx2 : .best, heldToAVX2: heldToAvx2, isQuick: quick,
      installations: try chosenPeers().map { ($0, .find($0, python: python)) }, path: to)
    try run.run()
  }

  /// Contestants are stopped while it is not their turn, and would stay behind.
  private func endContestantsWhenInterrupted() {
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        Contestant.endAll()
        Foundation.exit(128 + number)
      }
      source.resume()
      Self.sources.append(source)
    }
  }

  nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []
}
