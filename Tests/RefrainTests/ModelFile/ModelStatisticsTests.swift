import Foundation
import Refrain
import TestSupport
import Testing

extension ModelFileTests {
  /// What batch normalisation has met is saved with the parameters.
  @Suite("Statistics in model files")
  struct ModelStatisticsTests {
    private let description = ModelDescription(
      input: .frames(5), output: .mixture(components: 2, size: 5, history: 4)
    ) {
      BatchNorm()
      Noise(0.1)
      LSTM(7)
      BatchNorm()
    }

    private func frames() -> FrameTable {
      var random = ReferenceRandom(seed: 3)
      let table = FrameTable(size: 5)
      for _ in 0..<30 { table.append((0..<5).map { _ in Float.random(in: 0...4, using: &random) }) }
      return table
    }

    private func batch(_ number: Int) -> Batch {
      let tokens = (0..<12).map { Int32(($0 + number) % 29) }
      return Batch(steps: 4, sequences: 3, tokens: tokens, targets: tokens.map { $0 + 1 })
    }

    private func workspace(_ network: Network, _ mode: Workspace.Mode) -> Workspace {
      let workspace = Workspace(network, steps: 4, sequences: 3, mode: mode, threads: 2)
      workspace.frames = frames()
      return workspace
    }

    /// A network that has met some batches.
    private func trained() throws -> Network {
      let network = try Network(description)
      let workspace = workspace(network, .training)
      for number in 0..<5 { _ = workspace.gradient(batch(number), step: number) }
      return network
    }

    @Test func aNetworkThatIsReadSaysTheSame() throws {
      let network = try trained()
      try withTemporaryFolder { folder in
        try ModelFile(network: network).write(to: folder + "/model")
        let read = try ModelFile(contentsOf: folder + "/model").network
        let met = statistics(of: network)
        #expect(statistics(of: read) == met)
        #expect(met["layers.0.running_mean"]!.allSatisfy { $0 > 0.2 })
        let workspaces = [network, read].map { workspace($0, .inference) }
        for workspace in workspaces { workspace.forward(batch(7)) }
        for step in 0..<4 {
          #expect(workspaces[0].mixture(step: step) == workspaces[1].mixture(step: step))
        }
        // And goes on from there as the other does.
        let losses = [network, read].map { network in
          let workspace = workspace(network, .training)
          return (5..<9).map { workspace.gradient(batch($0), step: $0) }
        }
        #expect(losses[0] == losses[1])
        #expect(statistics(of: read) == statistics(of: network))
        #expect(statistics(of: read) != met)
      }
    }

    @Test func theyAreOrdinaryTensors() throws {
      let network = try trained()
      let file = try SafeTensors(bytes: ModelFile(network: network).encoded(), path: "file")
      for (name, values) in statistics(of: network) {
        #expect(file[name]?.shape == [values.count])
        #expect(try file[name]?.floats() == values)
      }
      #expect(file.tensors.count == network.parameterNames.count + 4)
    }

    @Test func whatIsMissingOrDoesNotFitIsNamed() throws {
      let whole = try SafeTensors(bytes: ModelFile(network: trained()).encoded(), path: "file")
      var file = whole
      file.tensors.removeAll { $0.name == "layers.3.running_var" }
      #expect(try sentence(file).contains("the tensor layers.3.running_var is missing"))
      file.tensors.append(.init(name: "layers.3.running_var", shape: [5], floats: [1, 1, 1, 1, 1]))
      #expect(
        try sentence(file).contains(
          "the tensor layers.3.running_var has the shape [5] instead of [7]"))
    }

    /// The sentence that comes of reading `file`.
    private func sentence(_ file: SafeTensors) throws -> String {
      try withTemporaryFolder { folder in
        try Data(file.encoded(hashed: true)).write(to: URL(filePath: folder + "/model"))
        let error = #expect(throws: ModelFileError.self) {
          try ModelFile(contentsOf: folder + "/model")
        }
        return "\(try #require(error))"
      }
    }

    /// A model to start from brings its statistics along.
    @Test func aNetworkThatStartsFromAnotherTakesThem() throws {
      func network(_ dropout: Float, seed: UInt64) throws -> Network {
        try Network(
          ModelDescription(input: .tokens(3), output: .softmax(3)) {
            Embedding(4)
            Noise(dropout)
            Dropout(dropout)
            BatchNorm()
          }, seed: seed)
      }
      let (other, own) = (try network(0, seed: 1), try network(0.1, seed: 2))
      let workspace = Workspace(other, steps: 3, sequences: 2, mode: .training)
      _ = workspace.gradient(
        Batch(steps: 3, sequences: 2, tokens: [0, 1, 2, 0, 1, 2], targets: [1, 2, 0, 1, 2, 0]))
      try own.takeParameters(from: other, sources: [0, 1, 2])
      #expect(statistics(of: own) == statistics(of: other))
      #expect(statistics(of: own)["layers.3.running_mean"]!.allSatisfy { $0 != 0 })
    }
  }
}
