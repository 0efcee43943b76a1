import Comparison
import Refrain
import RefrainTools
import Testing

struct ComparisonReportTests {
  /// Three rounds in which Refrain is 3, 4 and 2 times as fast as PyTorch, and others have `share` of the
  /// processor.
  private func result(othersShare share: Double) throws -> ContestResult {
    let row = try #require(
      ComparisonRow.standard.first { $0.benchmark.name == "train-lstm-V65-H128x2-T50-B50" })
    var disturbance = Disturbance()
    disturbance.add(busy: 1 + 2 * share, own: 1, available: 2)
    return ContestResult(
      contest: Contest.all(of: row, cores: 2)[1],
      turns: [30_000, 80_000, 20_000].map { Turn(tokensPerSecond: $0, peakBytes: 41_000_000) },
      limits: [60_000, 100_000, 50_000].map {
        SpeedLimit(cause: .multiplyAdd, tokensPerSecond: $0)
      },
      peers: [
        (
          .pytorch,
          [10_000, 20_000, 10_000].map { Turn(tokensPerSecond: $0, peakBytes: 700_000_000) }
        )
      ], disturbance: disturbance)
  }

  @Test func lineOfTheTable() throws {
    let lines = ComparisonTable([try result(othersShare: 0.01)]).markdown.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(
      lines[2]
        == "| `train-lstm-V65-H128x2-T50-B50` | 2 | 30.0 k | 50 % of multiply-adds | 41 MB | PyTorch "
        + "| 10.0 k | 700 MB | 3.00 (2.00–4.00) | ≥ 2.5 ✓ | 1 % |")
    #expect(Set(lines.map { $0.split(separator: "|").count }).count == 1)
  }

  @Test("Where others disturbed, nothing counts as reached")
  func disturbed() throws {
    let result = try result(othersShare: 0.4)
    #expect(result.disturbance.isSerious)
    let table = ComparisonTable([result]).markdown
    #expect(table.contains("| ≥ 2.5, disturbed | 40 % ⚠ |"))
    #expect(!table.contains("✓"))
    #expect(ComparisonText.warning(result.disturbance)?.contains("40 %") == true)
  }

  @Test("Nothing is known about others: nothing is claimed about them")
  func unknown() {
    #expect(Disturbance().share == nil && !Disturbance().isSerious)
    #expect(ComparisonText.warning(Disturbance()) == nil)
  }

  @Test func aims() throws {
    let ratio = Ratio(of: [2.49], to: [1])
    #expect(ComparisonText.aim(2.5, ratio, Disturbance()) == "≥ 2.5 ✗")
    #expect(ComparisonText.aim(2, ratio, Disturbance()) == "≥ 2 ✓")
    #expect(ComparisonText.aim(nil, ratio, Disturbance()) == "")
  }

  @Test(arguments: [(999.0, "999"), (1000, "1.00 k"), (41_234, "41.2 k"), (1_876_734, "1.88 M")])
  func speeds(value: Double, expected: String) {
    #expect(ComparisonText.speed(value) == expected)
  }

  private func report(quick: Bool = false, avx2: Bool = false) -> ComparisonReport {
    ComparisonReport(
      ComparisonReport.Setting(
        system: SystemReport(), kernels: .portable, date: "2026-01-01",
        plan: ContestPlan(rounds: 7, seconds: 0.5), isQuick: quick, heldToAVX2: avx2,
        peers: [
          (.onnxruntime, .present(python: "p", version: "1.2")), (.keras, .missing("no module")),
        ], limits: [(1, 118e9, 25e9)]))
  }

  @Test("The report says who was missing, how many rounds there were and whether they count")
  func whole() throws {
    let result = try result(othersShare: 0.4)
    let text = report().markdown([result], of: 2, absences: ["MLX fell over."])
    for words in [
      "- ONNX Runtime 1.2\n", "- Missing: Keras: no module", "- MLX fell over.", "about 0.5 s",
      "7 each", "So far 1 of 2", "118 billion", "25 GB/s", "Others computed during 1 of 1",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(!text.contains("quick look"))
    #expect(report(quick: true).markdown([], of: 0, absences: []).contains("quick look"))
    #expect(report(avx2: true).peers().contains("ONNX Runtime 1.2, which cannot be held to AVX2"))
  }
}
