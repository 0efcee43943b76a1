import PeepholeLSTM
import Refrain
import Testing

/// A unit of the user's own inside the library.
struct CustomCellTests {
  private let description = ModelDescription(
    input: .tokens(5), output: .softmax(5),
    layers: [.recurrent(cell: .custom("peephole"), hidden: 16)])

  @Test(arguments: KernelChoice.allCases.filter(\.isAvailable))
  func aCellOfOnesOwnLearns(_ kernels: KernelChoice) throws {
    let text = "abcadbcdeabcadbce".utf8.map { Int32($0) - 97 }
    let network = try Network(description, cells: [CustomCell("peephole", PeepholeLSTM())])
    let pool = ThreadPool(count: 1)
    let workspace = Workspace(
      network, steps: text.count, sequences: 1, mode: .training, pool: pool, kernels: kernels)
    let optimizer = OptimizerMemory(.adam(), for: network)
    let batch = Batch(
      steps: text.count, sequences: 1, tokens: text, targets: text.dropFirst() + [text[0]])
    let peephole = network.values(of: "layers.0.peephole_o")
    var losses: [Double] = []
    for _ in 0..<150 {
      losses.append(workspace.gradient(batch))
      _ = optimizer.step(rate: 0.02, clip: 5, pool: pool, kernels: kernels.kernels)
    }
    #expect(losses.last! < losses[0] / 2)
    #expect(network.values(of: "layers.0.peephole_o") != peephole)
  }

  @Test func aCellThatNobodyRegisteredIsRefused() {
    #expect(throws: ModelDescriptionError.unknownCell("peephole")) { try Network(description) }
  }
}
