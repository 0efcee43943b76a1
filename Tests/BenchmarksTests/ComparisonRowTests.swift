import Comparison
import Refrain
import RefrainTools
import Testing

struct ComparisonRowTests {
  @Test("A work appears once, has peers, and its aim is about one of them")
  func rows() {
    let rows = ComparisonRow.standard
    #expect(Set(rows.map(\.benchmark.name)).count == rows.count)
    for row in rows {
      #expect(!row.peers.isEmpty)
      if let aim = row.aim { #expect(row.peers.contains(aim.peer), "\(row.benchmark.name)") }
    }
  }

  private func row(_ name: String) throws -> ComparisonRow {
    try #require(ComparisonRow.standard.first { $0.benchmark.name == name })
  }

  @Test("Training is to be ahead with all cores, generation with one thread")
  func aims() throws {
    let training = Contest.all(of: try row("train-lstm-V65-H128x2-T50-B50"), cores: 2)
    #expect(training.map(\.threads) == [1, 2])
    #expect(training.map { $0.aim(for: .pytorch) } == [nil, 2.5])
    #expect(training[1].aim(for: .keras) == nil)
    let music = try row("train-music-T40-B64")
    #expect(music.peers == [.pytorch])
    #expect(Contest.all(of: music, cores: 2).map { $0.aim(for: .pytorch) } == [nil, 2])
    let generation = Contest.all(of: try row("generate-lstm-V65-H128x2"), cores: 2)
    #expect(generation.map { $0.aim(for: .onnxruntime) } == [10, nil])
  }

  @Test("One core: one contest, which both kinds of aims are about")
  func oneCore() throws {
    for name in ["train-lstm-V65-H128x2-T50-B50", "generate-lstm-V65-H128x2"] {
      let contests = Contest.all(of: try row(name), cores: 1)
      #expect(contests.map(\.threads) == [1])
      let row = contests[0].row
      #expect(contests[0].aim(for: try #require(row.aim).peer) == row.aim?.ratio)
    }
  }

  @Test("More rounds, contestants or threads that are missing take longer")
  func estimate() throws {
    let contests = Contest.all(of: try row("train-lstm-V65-H512x3-T100-B50"), cores: 2)
    let plan = ContestPlan(rounds: 7, seconds: 1)
    let time = plan.estimate(contests[1], contestants: 3)
    #expect(plan.estimate(contests[1], contestants: 1) * 3 == time)
    #expect(plan.estimate(contests[0], contestants: 3) > time)
    #expect(ContestPlan(rounds: 3, seconds: 1).estimate(contests[1], contestants: 3) < time)
  }
}
