internal import ArgumentParser
internal import Charts
internal import Foundation
internal import Refrain

/// Measures how the speed of training depends on the sizes of network and batch, and writes tables and
/// pictures.
@main
struct ScalingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Scaling",
    abstract: "Measures speed against sizes; with --cliffs, what one unit more costs.",
    discussion: """
      The points are measured in turn, round after round, so that a machine that is busy for a \
      while slows all of them; the median of the rounds counts.
      """)

  @Flag(help: "Compares neighbouring sizes instead, and fails where one unit more costs too much.")
  var cliffs = false

  @Option(help: "How often each point is measured.")
  var rounds = 7

  @Option(help: "Seconds of one measurement.")
  var seconds = 0.3

  @Option(help: ArgumentHelp("Where tables and pictures are written.", valueName: "folder"))
  var to = "Documentation"

  @Option(help: "rnn, lstm or gru.")
  var cell = "lstm"

  func validate() throws {
    if rounds < 1 { throw ValidationError("--rounds must be 1 or more.") }
    if seconds <= 0 { throw ValidationError("--seconds must be more than 0.") }
    if !["rnn", "lstm", "gru"].contains(cell) {
      throw ValidationError("--cell must be rnn, lstm or gru, not \(cell).")
    }
  }

  func run() throws {
    let folder = URL(filePath: to, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if cliffs { try runCliffs(folder) } else { try runSweeps(folder) }
  }

  private func runSweeps(_ folder: URL) throws {
    let sweeps = Sweep.all(cell: cell, cores: ProcessInfo.processInfo.activeProcessorCount)
    let points = Set(sweeps.flatMap(\.points)).sorted { $0.description < $1.description }
    var speeds: [Point: [Double]] = [:]
    for round in 1...rounds {
      for point in points {
        speeds[point, default: []].append(try point.tokensPerSecond(seconds: seconds))
      }
      progress("round \(round) of \(rounds)")
    }
    let report = ScalingReport(
      sweeps: sweeps, speeds: speeds.mapValues(median), rounds: rounds, machine: Machine())
    try write(report.markdown, "Scaling.md", folder)
    for sweep in sweeps {
      try write(report.chart(sweep).svg, sweep.fileName, folder)
    }
  }

  private func runCliffs(_ folder: URL) throws {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    var results: [CliffResult] = []
    for threads in Set([1, cores]).sorted() {
      for pair in CliffPair.all(cell: cell) {
        let result = try pair.measure(threads: threads, rounds: rounds, seconds: seconds)
        progress(result.row)
        results.append(result)
      }
    }
    try write(CliffReport(results: results, machine: Machine()).markdown, "Cliffs.md", folder)
    let found = results.filter(\.isCliff)
    if found.isEmpty { return progress("There is no cliff.") }
    progress("\(found.count) of \(results.count) pairs are cliffs.")
    throw ExitCode.failure
  }

  private func write(_ text: String, _ name: String, _ folder: URL) throws {
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    progress(file.relativePath)
  }

  private func progress(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
  }
}

/// The middle value, or the mean of the two in the middle.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
