import Foundation
import Refrain
import TestSupport
import Testing

/// Networks that predict labels, and tables of targets beside those of what is read.
struct LabelsTests {
  private func description(_ input: ModelDescription.Input, _ labels: Int) -> ModelDescription {
    ModelDescription(input: input, output: .labels(labels)) { LSTM(12) }
  }

  private func table(_ rows: [[Float]]) -> FrameTable {
    let table = FrameTable(size: rows[0].count)
    for row in rows { table.append(row) }
    return table
  }

  /// Two tokens that each stand for a chord of three notes; reading one, the other's is to be predicted.
  @Test func whatIsLearnedIsSaid() throws {
    let network = try Network(description(.tokens(2), 3), seed: 1)
    let workspace = Workspace(network, steps: 6, sequences: 1, mode: .training, threads: 1)
    workspace.targetFrames = table([[1, 0, 1], [0, 1, 1]])
    let batch = Batch(
      steps: 6, sequences: 1, tokens: [0, 1, 1, 0, 1, 0], targets: [1, 0, 0, 1, 0, 1])
    let optimizer = OptimizerState(.adam(), for: network)
    let first = workspace.gradient(batch)
    // Nobody knows anything yet: three labels of a bit each.
    #expect(abs(first - 3 * log(2)) < 0.5)
    for _ in 0..<300 {
      workspace.resetState()
      _ = workspace.gradient(batch)
      _ = optimizer.step(
        rate: 0.05, clip: 5, threads: workspace.threads, kernels: KernelChoice.best.kernels)
    }
    workspace.resetState()
    #expect(workspace.loss(batch) < 0.02)
    workspace.resetState()
    workspace.forward(batch)
    for step in 0..<6 {
      let expected: [Float] = batch.targets[step] == 0 ? [1, 0, 1] : [0, 1, 1]
      let labels = workspace.labels(step: step)
      #expect(zip(labels, expected).allSatisfy { abs($0 - $1) < 0.05 }, "\(labels)")
    }
  }

  /// A network of one bias per label: the loss is what is worked out by hand, and a target that does not
  /// count nothing.
  @Test func lossesAreSumsOverLabels() throws {
    let network = try Network(
      ModelDescription(input: .frames(1), output: .labels(2), layers: []))
    network.setValues(of: "output.weight", to: [0, 0])
    network.setValues(of: "output.bias", to: [Float(log(3.0)), 0])
    let workspace = Workspace(network, steps: 3, sequences: 1, mode: .training, threads: 1)
    workspace.frames = table([[5]])
    workspace.targetFrames = table([[1, 0], [0, 1]])
    let batch = Batch(steps: 3, sequences: 1, tokens: [0, 0, 0], targets: [0, -1, 1])
    let expected = (log(4.0 / 3) + log(4.0) + 2 * log(2.0)) / 2
    #expect(abs(workspace.gradient(batch) - expected) < 1e-6)
    #expect(zip(network.gradient(of: "output.bias"), [0.25, 0]).allSatisfy { abs($0 - $1) < 1e-6 })
    workspace.forward(batch)
    #expect(zip(workspace.labels(step: 1), [0.75, 0.5]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func aModelFileKeepsThem() throws {
    let network = try Network(description(.frames(5), 3), seed: 2)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "model").path
    try ModelFile(network: network).write(to: path)
    let read = try ModelFile(contentsOf: path).network
    #expect(read.description == network.description)
    #expect(read.shape(of: "output.weight") == [3, 12] && read.shape(of: "output.bias") == [3])
    for name in network.parameterNames {
      #expect(read.values(of: name) == network.values(of: name))
    }
  }

  // MARK: - What does not fit

  @Test func framesOfAnotherSizeThanTheNetworks() async {
    await #expect(processExitsWith: .failure) {
      let network = try Network(
        ModelDescription(input: .frames(2), output: .labels(3), layers: []))
      let workspace = Workspace(network, steps: 1, sequences: 1, mode: .training, threads: 1)
      workspace.frames = FrameTable(size: 3)
    }
  }

  @Test func targetsOfAnotherSizeThanTheNetworks() async {
    await #expect(processExitsWith: .failure) {
      let network = try Network(
        ModelDescription(input: .frames(2), output: .labels(3), layers: []))
      let workspace = Workspace(network, steps: 1, sequences: 1, mode: .training, threads: 1)
      workspace.targetFrames = FrameTable(size: 2)
    }
  }

  /// Frames that are read are not the targets where they are of another size.
  @Test func noTableOfTargets() async {
    await #expect(processExitsWith: .failure) {
      let network = try Network(
        ModelDescription(input: .frames(2), output: .labels(3), layers: []))
      let workspace = Workspace(network, steps: 1, sequences: 1, mode: .training, threads: 1)
      let frames = FrameTable(size: 2)
      frames.append([1, 2])
      workspace.frames = frames
      _ = workspace.loss(Batch(steps: 1, sequences: 1, tokens: [0], targets: [0]))
    }
  }
}
