import Refrain
import TestSupport
import Testing

/// The reference implementations against what PyTorch computed in float64.
struct ReferenceFixtureTests {
  @Test func allFixturesAreFound() {
    #expect(fixtureNames(prefix: "model-").count >= 20)
    #expect(fixtureNames(prefix: "training-").count == 4)
    #expect(fixtureNames(prefix: "frames-").count == 9)
  }

  @Test(arguments: CellKind.builtIn)
  func everyUnitHasOne(_ kind: CellKind) throws {
    let layers = try fixtureNames(prefix: "model-").flatMap {
      try ModelFixture(named: $0).network.layers
    }
    #expect(layers.contains { if case .recurrent(kind, _) = $0 { true } else { false } })
  }

  @Test(arguments: fixtureNames(prefix: "model-"))
  func oneBatch(_ name: String) throws {
    let fixture = try ModelFixture(named: name)
    let step = fixture.network.step(fixture.batch, from: fixture.initialState)
    #expect(abs(step.loss - fixture.loss) <= 1e-9 * fixture.loss)
    #expect(relativeError(step.logits, fixture.logits) < 1e-9)
    #expect(step.gradients.keys == fixture.gradients.keys)
    for (name, gradient) in fixture.gradients {
      #expect(relativeError(step.gradients[name]!.values, gradient.values) < 1e-9, "\(name)")
    }
    #expect(step.state.count == fixture.finalState.count)
    for (reference, torch) in zip(step.state, fixture.finalState) {
      #expect(relativeError(reference.h, torch.h) < 1e-9)
      #expect(relativeError(reference.c, torch.c) < 1e-9)
    }
  }

  @Test(arguments: fixtureNames(prefix: "model-"))
  func oneBatchInSinglePrecision(_ name: String) throws {
    let fixture = try ModelFixture(named: name)
    let step = fixture.network.converted(to: Float.self).step(
      fixture.batch, from: fixture.initialState.map { $0.converted(to: Float.self) })
    #expect(relativeError(step.logits.map(Double.init), fixture.logits) < 1e-5)
    for (name, gradient) in fixture.gradients {
      let reference = step.gradients[name]!.converted(to: Double.self)
      #expect(relativeError(reference.values, gradient.values) < 1e-4, "\(name)")
    }
  }

  @Test(arguments: fixtureNames(prefix: "training-"))
  func training(_ name: String) throws {
    let fixture = try TrainingFixture(named: name)
    for run in fixture.runs {
      let losses = fixture.referenceLosses(run, in: Double.self)
      for (step, (reference, torch)) in zip(losses, run.losses).enumerated() {
        #expect(abs(reference - torch) <= 1e-9 * torch, "\(run.optimizer), step \(step)")
      }
    }
  }

  @Test(arguments: fixtureNames(prefix: "frames-"))
  func frames(_ name: String) throws {
    let fixture = try FrameFixture(named: name)
    var network = fixture.network
    var optimizer = ReferenceAdam<Double>(learningRate: fixture.learningRate ?? 0)
    for (number, (batch, loss)) in zip(fixture.batches, fixture.losses).enumerated() {
      let step = network.step(batch, from: network.zeroState(sequences: batch.sequences))
      #expect(abs(step.loss - loss) <= 1e-9 * abs(loss), "batch \(number)")
      for (name, gradient) in fixture.gradients ?? [:] {
        #expect(relativeError(step.gradients[name]!.values, gradient.values) < 1e-9, "\(name)")
      }
      optimizer.update(&network.parameters, gradients: step.gradients)
      network.statistics = step.statistics
    }
    #expect(network.statistics.keys == fixture.statistics.keys)
    for (name, values) in fixture.statistics {
      #expect(relativeError(network.statistics[name]!.values, values.values) < 1e-9, "\(name)")
    }
  }

  /// A fast network in single precision is held to the same losses, so the reference must come close.
  @Test(arguments: fixtureNames(prefix: "training-"))
  func trainingInSinglePrecision(_ name: String) throws {
    let fixture = try TrainingFixture(named: name)
    for run in fixture.runs {
      let losses = fixture.referenceLosses(run, in: Float.self).map(Double.init)
      for (step, (reference, torch)) in zip(losses, run.losses).enumerated() {
        #expect(abs(reference - torch) <= 1e-5 * torch, "\(run.optimizer), step \(step)")
      }
    }
  }
}
