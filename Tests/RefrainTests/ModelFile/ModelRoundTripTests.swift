import Foundation
import PeepholeLSTM
import Refrain
import TestSupport
import Testing

extension ModelFileTests {
  /// A small model with everything that a file can hold.
  static func model(_ cell: CellKind = .lstm, trains: Bool = true) throws -> ModelFile {
    let vocabulary = Vocabulary(text: "abcd\n", tokenKind: .character)
    let cells = [CustomCell("peephole", PeepholeLSTM())]
    let network = try Network(
      ModelDescription(input: .tokens(5), output: .softmax(5)) {
        if cell == .mogrifierLSTM { Embedding(2) }
        Recurrent(cell, 3)
      },
      cells: cells)
    let trainer = try Trainer(
      network, training: InMemoryCorpus(tokens: [0, 1, 2, 3, 4, 0, 1, 2, 3]),
      limits: TrainingLimits(steps: 5), threads: 1)
    return ModelFile(
      network: network, vocabulary: vocabulary, training: trains ? trainer.checkpoint() : nil,
      information: ["text": "“ä”"])
  }

  @Suite("Model files")
  struct ModelRoundTripTests {
    private let cells = [CustomCell("peephole", PeepholeLSTM())]

    @Test(
      arguments: CellKind.builtIn + [.custom("peephole")], [true, false])
    func everythingComesBack(_ cell: CellKind, _ trains: Bool) throws {
      let model = try ModelFileTests.model(cell, trains: trains)
      try withTemporaryFolder { folder in
        try model.write(to: folder + "/model")
        let read = try ModelFile(contentsOf: folder + "/model", cells: cells)
        #expect(read.network.description == model.network.description)
        for name in model.network.parameterNames {
          #expect(read.network.values(of: name) == model.network.values(of: name))
        }
        #expect(read.vocabulary == model.vocabulary && read.training == model.training)
        #expect(read.information == model.information)
        #expect(try read.encoded() == model.encoded())
      }
    }

    /// A GRU's blocks lie in another order in memory; in the file they are PyTorch's r, z, n.
    @Test func parametersAreNamedAndShapedAsPyTorchs() throws {
      let network = try Network(
        ModelDescription(input: .tokens(4), output: .softmax(4)) {
          Embedding(2)
          GRU(3)
        })
      let values = (0..<18).map { Float($0) }
      network.setValues(of: "layers.1.weight_ih", to: values)
      let file = try SafeTensors(bytes: ModelFile(network: network).encoded(), path: "file")
      #expect(
        Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.shape) }) == [
          "layers.0.weight": [4, 2], "layers.1.weight_ih": [9, 2], "layers.1.weight_hh": [9, 3],
          "layers.1.bias": [9], "layers.1.bias_hn": [3], "output.weight": [4, 3],
          "output.bias": [4],
        ])
      #expect(try file["layers.1.weight_ih"]?.floats() == values)
    }

    @Test func aCellThatIsNotRegisteredIsNamed() throws {
      try withTemporaryFolder { folder in
        try ModelFileTests.model(.custom("peephole")).write(to: folder + "/model")
        #expect(throws: ModelDescriptionError.unknownCell("peephole")) {
          try ModelFile(contentsOf: folder + "/model")
        }
      }
    }
  }
}
