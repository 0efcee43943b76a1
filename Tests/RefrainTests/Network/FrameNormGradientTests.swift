import Refrain
import Testing

/// The parameters of a batch norm of frames, whose gradient follows from that of the layer above.
struct FrameNormGradientTests {
  private let bins = 21
  private let steps = 5
  private let sequences = 7

  private func network(_ cell: CellKind) throws -> Network {
    let network = try Network(
      ModelDescription(input: .frames(bins), output: .linear(loss: .meanSquaredError)) {
        BatchNorm()
        Recurrent(cell, 18)
        LastStep()
        Dense(bins)
      })
    var random = RandomStream(seed: 3, purpose: .shuffling)
    let name = "layers.0."
    network.setValues(of: name + "weight", to: values(bins, &random).map { 1.5 + $0 })
    network.setValues(of: name + "bias", to: values(bins, &random))
    return network
  }

  private func values(_ count: Int, _ random: inout RandomStream) -> [Float] {
    (0..<count).map { _ in 2 * random.uniform() - 1 }
  }

  private func workspace(_ network: Network, threads: Int) -> Workspace {
    let workspace = Workspace(
      network, steps: steps, sequences: sequences, mode: .training, threads: threads)
    var random = RandomStream(seed: 4, purpose: .shuffling)
    let table = FrameTable(size: bins)
    for _ in 0..<50 { table.append(values(bins, &random)) }
    workspace.frames = table
    return workspace
  }

  private var batch: Batch {
    let tokens = (0..<Int32(steps * sequences)).map { $0 * 11 % 49 }
    return Batch(
      steps: steps, sequences: sequences, tokens: tokens, targets: tokens.map { $0 + 1 },
      starts: (0..<steps * sequences).map { $0 < sequences })
  }

  @Test("It is that of finite differences", arguments: [CellKind.rnn, .lstm, .gru])
  func finiteDifferences(cell: CellKind) throws {
    let network = try network(cell)
    let workspace = workspace(network, threads: 2)
    _ = workspace.gradient(batch)
    for name in ["layers.0.weight", "layers.0.bias"] {
      let gradient = network.gradient(of: name)
      let values = network.values(of: name)
      let step: Float = 0.02
      let largest = gradient.map(abs).max() ?? 0
      #expect(largest > 1e-4)
      for column in 0..<bins {
        func loss(_ change: Float) -> Double {
          var changed = values
          changed[column] += change
          network.setValues(of: name, to: changed)
          return workspace.gradient(batch)
        }
        let difference = Float((loss(step) - loss(-step)) / Double(2 * step))
        #expect(
          abs(gradient[column] - difference) < 0.01 * largest,
          "\(name)[\(column)]: \(gradient[column]), not \(difference)")
      }
      network.setValues(of: name, to: values)
    }
  }

  @Test("The number of threads changes no bit", arguments: [2, 3])
  func threads(count: Int) throws {
    let gradients = try [1, count].map { threads in
      let network = try network(.gru)
      _ = workspace(network, threads: threads).gradient(batch)
      return network.parameterNames.map { network.gradient(of: $0).map(\.bitPattern) }
    }
    #expect(gradients[0] == gradients[1])
  }
}
