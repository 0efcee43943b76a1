import Refrain
import TestSupport
import Testing

/// Networks of frames in `Float` against PyTorch in double precision.
struct FrameFixtureTests {
  /// A given dropout is for the reference alone: the fast network draws its own.
  static let cases = fixtureNames(prefix: "frames-").filter { !$0.hasSuffix("dropout") }
    .flatMap { name in
      KernelChoice.allCases.filter(\.isAvailable).map { (name, $0) }
    }

  @Test(arguments: cases)
  func everyLossMatchesPyTorch(_ name: String, _ kernels: KernelChoice) throws {
    let fixture = try FrameFixture(named: name)
    for threads in 1...3 {
      let network = try fastNetwork(fixture.network)
      let pool = ThreadPool(count: threads)
      let (steps, sequences) = (fixture.batches[0].steps, fixture.batches[0].sequences)
      let workspace = Workspace(
        network, steps: steps, sequences: sequences, mode: .training, pool: pool, kernels: kernels)
      workspace.frames = fastFrames(fixture.network)
      workspace.targetFrames = fastTargetFrames(fixture.network)
      let memory = OptimizerState(.adam(), for: network)
      for (number, (batch, expected)) in zip(fixture.batches, fixture.losses).enumerated() {
        workspace.resetState()
        let loss = workspace.gradient(fastBatch(batch))
        #expect(abs(loss - expected) <= 1e-4 * abs(expected), "batch \(number)")
        for (name, gradient) in fixture.gradients ?? [:] {
          let found = network.gradient(of: name).map(Double.init)
          #expect(relativeError(found, gradient.values) < 1e-4, "\(name)")
        }
        _ = memory.step(
          rate: fixture.learningRate ?? 0, clip: .infinity, threads: workspace.threads,
          kernels: kernels.kernels)
      }
      let met = statistics(of: network)
      #expect(Set(met.keys) == Set(fixture.statistics.keys))
      for (name, values) in met {
        let expected = try #require(fixture.statistics[name])
        #expect(relativeError(values.map(Double.init), expected.values) < 1e-5, "\(name)")
      }
    }
  }
}
