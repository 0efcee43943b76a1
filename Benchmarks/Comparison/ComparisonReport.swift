package import Refrain
package import RefrainTools

/// What is written down: the machine, who took part and who was missing, how it was measured, the table.
package struct ComparisonReport {
  /// What the measurements were made on and with.
  package struct Setting {
    package let system: SystemReport
    package let kernels: KernelChoice
    package let date: String
    package let plan: ContestPlan
    /// True for a quick look rather than figures to go by.
    package let isQuick: Bool
    package let heldToAVX2: Bool
    package let peers: [(peer: Peer, installation: PeerInstallation)]
    /// For one thread and for all: operations per second in multiply-adds, bytes per second from memory.
    package let limits: [(threads: Int, operations: Double, bytes: Double)]

    package init(
      system: SystemReport, kernels: KernelChoice, date: String, plan: ContestPlan,
      isQuick: Bool, heldToAVX2: Bool, peers: [(peer: Peer, installation: PeerInstallation)],
      limits: [(threads: Int, operations: Double, bytes: Double)]
    ) {
      self.system = system
      self.kernels = kernels
      self.date = date
      self.plan = plan
      self.isQuick = isQuick
      self.heldToAVX2 = heldToAVX2
      self.peers = peers
      self.limits = limits
    }
  }

  private let setting: Setting

  package init(_ setting: Setting) { self.setting = setting }

  /// The report on `results`.
  ///
  /// - Parameters:
  ///   - expected: how many results there are to be in the end.
  ///   - absences: sentences about peers that dropped out.
  package func markdown(
    _ results: [ContestResult], of expected: Int, absences: [String]
  ) -> String {
    var title = "# Refrain \(RefrainVersion.version) side by side"
    if setting.isQuick { title += ": a quick look, not figures to go by" }
    var parts = [title, machine, peers(absences), method]
    if results.count < expected {
      parts.append("So far \(results.count) of \(expected) measurements.")
    }
    let disturbed = results.count { $0.disturbance.isSerious }
    if disturbed > 0 {
      parts.append(
        """
        **⚠ Others computed during \(disturbed) of \(results.count) measurements: their lines are no \
        figures to go by.**
        Threads that wait busily, as OpenMP's do, lose far more by it than threads that sleep, so that such
        ratios flatter Refrain. Measure again on a machine that does nothing else.
        """)
    }
    return (parts + [ComparisonTable(results).markdown]).joined(separator: "\n\n") + "\n"
  }

  /// The machine as a list.
  package var machine: String {
    let system = setting.system
    let limits = setting.limits.map {
      "\(ComparisonText.threads($0.threads)) \(Int(($0.operations / 1e9).rounded())) billion "
        + "operations/s in multiply-adds, \(Int(($0.bytes / 1e9).rounded())) GB/s read from memory"
    }
    return """
      - Processor: \(system.processor ?? "unknown"), \(system.cores) \
      core\(system.cores == 1 ? "" : "s"), \(system.features.joined(separator: " "))
      - System: \(system.operatingSystem), \(system.architecture), \
      \(Int((Double(system.memory) / 0x1p30).rounded())) GiB of memory
      - Refrain's kernels: \(setting.kernels.rawValue)\
      \(setting.heldToAVX2 ? "; everybody who can be is held to AVX2" : "")
      - Limits: \(limits.joined(separator: "; "))
      - Date: \(setting.date)
      """
  }

  /// Who takes part and who does not.
  package func peers(_ absences: [String] = []) -> String {
    var lines: [String] = []
    for (peer, installation) in setting.peers {
      switch installation {
      case .present(_, let version):
        let isFree = setting.heldToAVX2 && peer.heldToAVX2 == nil
        lines.append(
          "- \(peer.title) \(version)" + (isFree ? ", which cannot be held to AVX2" : ""))
      case .missing(let reason): lines.append("- Missing: \(peer.title): \(reason)")
      }
    }
    lines += absences.map { "- \($0)" }
    return lines.isEmpty ? "No peers were asked for." : lines.joined(separator: "\n")
  }

  private var method: String {
    """
    Tokens per second, of music frames: whole training steps (forward, backward, clip, Adam), or one text
    written token by token. Refrain and the peers take turns of about \(ComparisonText.number(setting.plan.seconds)) s, \
    \(setting.plan.rounds) each, and wait stopped in between; speeds, ratios
    within a round and shares of the limit are medians over the rounds, with the least and the greatest
    ratio. Memory is the most that was resident in a process that did only this.
    """
  }
}
