internal import Comparison
internal import Foundation
internal import Refrain
internal import RefrainTools

/// All contests, one after the other: prints each as it is over and writes the table.
struct SideBySideRun {
  let contests: [Contest]
  let plan: ContestPlan
  let kernels: KernelChoice
  let heldToAVX2: Bool
  let isQuick: Bool
  let installations: [(peer: Peer, installation: PeerInstallation)]
  /// Where the table goes.
  let path: String

  func run() throws {
    let runner = ContestRunner(
      plan: plan, kernels: kernels, heldToAVX2: heldToAVX2, pythons: pythons)
    let estimates = contests.map {
      plan.estimate($0, contestants: 1 + runner.peers(of: $0).count)
    }
    let expected = estimates.reduce(0, +)
    print("This takes about \(Self.minutes(expected)); let the machine do nothing else.\n")
    fflush(nil)
    let report = ComparisonReport(setting)
    print(report.machine + "\n" + report.peers() + "\n")
    fflush(nil)
    var results: [ContestResult] = []
    var absences: [String] = []
    let clock = ContinuousClock()
    let begin = clock.now
    for (index, contest) in contests.enumerated() {
      results.append(
        try runner.run(contest) {
          absences.append($0.description)
          print($0.description)
        })
      let done = estimates[...index].reduce(0, +)
      let left = (clock.now - begin) / .seconds(1) * (expected / done - 1)
      show(results[index], "\(index + 1) of \(contests.count), \(Self.minutes(left)) left")
      let text = report.markdown(results, of: contests.count, absences: absences)
      try write(text)
    }
    print("The table is in \(path).")
  }

  private var pythons: [Peer: String] {
    var result: [Peer: String] = [:]
    for (peer, installation) in installations {
      if case .present(let python, _) = installation { result[peer] = python }
    }
    return result
  }

  private var setting: ComparisonReport.Setting {
    let system = SystemReport()
    let memory = Int(min(512 << 20, system.memory / 8))
    let limits = Set([1, system.cores]).sorted().map { threads in
      let processor = ProcessorLimits(threads: threads, kernels: kernels)
      return (
        threads, processor.operationsPerSecond(seconds: 0.5),
        processor.bytesPerSecond(reading: memory, seconds: 0.5)
      )
    }
    return ComparisonReport.Setting(
      system: system, kernels: kernels, date: Date.now.formatted(.iso8601), plan: plan,
      isQuick: isQuick, heldToAVX2: heldToAVX2, peers: installations, limits: limits)
  }

  private func show(_ result: ContestResult, _ progress: String) {
    print("\(result.contest.title)  (\(progress))")
    print(
      "  Refrain: \(ComparisonText.speed(result.turns.speed)), "
        + "\(ComparisonText.share(result)), \(ComparisonText.memory(result.turns.peakBytes))")
    for (peer, turns) in result.peers {
      let ratio = result.ratio(to: turns)
      let aim = ComparisonText.aim(
        result.contest.aim(for: peer), ratio, result.disturbance)
      print(
        "  \(peer.title): \(ComparisonText.speed(turns.speed)), "
          + "\(ComparisonText.memory(turns.peakBytes)); Refrain is "
          + "\(ComparisonText.ratio(ratio)) times as fast\(aim.isEmpty ? "" : ", \(aim)")")
    }
    if let warning = ComparisonText.warning(result.disturbance) { print("  ⚠ " + warning) }
    fflush(nil)
  }

  private func write(_ text: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private static func minutes(_ seconds: Double) -> String {
    seconds < 90 ? "\(Int(seconds.rounded())) s" : "\(Int((seconds / 60).rounded())) min"
  }
}
