import Refrain
import TestSupport
import Testing

/// Whole networks in `Float` against PyTorch in double precision.
struct NetworkFixtureTests {
  /// A fixture, a set of kernels, a number of threads.
  static let cases = fixtureNames(prefix: "model-").filter { $0 != "model-mixed" }.flatMap { name in
    KernelChoice.allCases.filter(\.isAvailable).flatMap { kernels in
      [1, 2, 3].map { (name, kernels, $0) }
    }
  }

  @Test(arguments: cases)
  func gradientsMatchPyTorch(_ name: String, _ kernels: KernelChoice, _ threads: Int) throws {
    let fixture = try ModelFixture(named: name)
    let batch = fixture.batch
    let network = try fastNetwork(fixture.network)
    let workspace = Workspace(
      network, steps: batch.steps, sequences: batch.sequences, mode: .training, threads: threads,
      kernels: kernels)
    let initial = fastState(fixture.initialState, of: workspace, sequences: batch.sequences)
    workspace.setState(initial)
    let loss = workspace.gradient(fastBatch(batch))
    #expect(relativeError([loss], [fixture.loss]) < 2e-6)
    for (parameter, expected) in fixture.gradients {
      let gradient = network.gradient(of: parameter).map(Double.init)
      #expect(relativeError(gradient, expected.values) < 2e-4, "\(parameter)")
    }
    let final = fastState(fixture.finalState, of: workspace, sequences: batch.sequences)
    for (vector, expected) in zip(
      workspace.state(sequences: batch.sequences).vectors, final.vectors)
    {
      #expect(
        relativeError(vector.values.map(Double.init), expected.values.map(Double.init)) < 2e-5)
    }
  }

  @Test(arguments: cases)
  func logitsMatchPyTorch(_ name: String, _ kernels: KernelChoice, _ threads: Int) throws {
    let fixture = try ModelFixture(named: name)
    let batch = fixture.batch
    let network = try fastNetwork(fixture.network)
    let workspace = Workspace(
      network, steps: batch.steps + 2, sequences: batch.sequences + 3, mode: .inference,
      threads: threads, kernels: kernels)
    workspace.setState(
      fastState(fixture.initialState, of: workspace, sequences: batch.sequences))
    workspace.forward(fastBatch(batch))
    var logits: [Double] = []
    for t in 0..<batch.steps {
      for b in 0..<batch.sequences {
        logits += workspace.logits(step: t, sequence: b).map(Double.init)
      }
    }
    #expect(relativeError(logits, fixture.logits) < 2e-5)
  }
}
