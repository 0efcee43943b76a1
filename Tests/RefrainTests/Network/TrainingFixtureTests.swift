import Refrain
import TestSupport
import Testing

/// Whole trainings in `Float` against PyTorch's losses in double precision.
struct TrainingFixtureTests {
  static let cases = fixtureNames(prefix: "training-").flatMap { name in
    KernelChoice.allCases.filter(\.isAvailable).map { (name, $0) }
  }

  @Test(arguments: cases)
  func everyLossMatchesPyTorch(_ name: String, _ kernels: KernelChoice) throws {
    let fixture = try TrainingFixture(named: name)
    var compared = 0
    for run in fixture.runs {
      // Adam with L2 and RMSProp with momentum are not offered.
      guard let optimizer = run.offered else { continue }
      let losses = try losses(of: fixture, run, optimizer, kernels)
      for (step, (loss, expected)) in zip(losses, run.losses).enumerated() {
        #expect(abs(loss - expected) <= 1e-4 * expected, "\(run.optimizer), step \(step)")
      }
      compared += 1
    }
    #expect(compared == 5)
  }

  /// The losses of the fast network; the workspace carries the state from step to step.
  private func losses(
    of fixture: TrainingFixture, _ run: TrainingFixture.Run, _ optimizer: Refrain.Optimizer,
    _ kernels: KernelChoice
  ) throws -> [Double] {
    let network = try fastNetwork(fixture.network)
    let pool = ThreadPool(count: 2)
    let workspace = Workspace(
      network, steps: fixture.steps, sequences: fixture.sequences, mode: .training, pool: pool,
      kernels: kernels)
    let memory = OptimizerState(optimizer, for: network)
    return run.losses.indices.map { step in
      let loss = workspace.gradient(fastBatch(fixture.batch(step)), step: step)
      _ = memory.step(
        rate: run.learningRate, clip: run.clip, threads: workspace.threads, kernels: kernels.kernels
      )
      return loss
    }
  }
}

extension TrainingFixture.Run {
  /// The optimizer with the run's settings; nil where the library has none like it.
  fileprivate var offered: Refrain.Optimizer? {
    let decay = weightDecay ?? 0
    switch optimizer {
    case .adam: return decay == 0 ? .adam() : nil
    case .adamW: return .adamW(weightDecay: decay)
    case .rmsProp: return momentum == nil ? .rmsProp(weightDecay: decay) : nil
    case .sgd: return .sgd(momentum: momentum ?? 0, weightDecay: decay)
    }
  }
}
