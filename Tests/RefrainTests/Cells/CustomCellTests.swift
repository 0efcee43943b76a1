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
    let optimizer = OptimizerState(.adam(), for: network)
    let batch = Batch(
      steps: text.count, sequences: 1, tokens: text, targets: text.dropFirst() + [text[0]])
    let peephole = network.values(of: "layers.0.peephole_o")
    var losses: [Double] = []
    for _ in 0..<150 {
      losses.append(workspace.gradient(batch))
      _ = optimizer.step(rate: 0.02, clip: 5, threads: workspace.threads, kernels: kernels.kernels)
    }
    #expect(losses.last! < losses[0] / 2)
    #expect(network.values(of: "layers.0.peephole_o") != peephole)
  }

  /// A unit that gives something other than zero for zeros, here not even a number, beyond the last
  /// unit: nothing of that may be seen.
  @Test(arguments: [1, 5, 16, 17, 20])
  func columnsBeyondTheLastUnitDoNotCount(hidden: Int) throws {
    let description = ModelDescription(
      input: .tokens(5), output: .softmax(5),
      layers: (0..<2).map { _ in .recurrent(cell: .custom("quotient"), hidden: hidden) })
    let cells = [CustomCell("quotient", QuotientUnit())]
    let batch = Batch(
      steps: 3, sequences: 2, tokens: [0, 1, 2, 3, 4, 0], targets: [1, 2, 3, 4, 0, 1])
    let network = try Network(description, cells: cells)
    let pool = ThreadPool(count: 1)
    let workspace = Workspace(
      network, steps: 3, sequences: 2, mode: .training, pool: pool, kernels: .best)
    let optimizer = OptimizerState(.adam(), for: network)
    for _ in 0..<10 {
      workspace.resetState()
      #expect(workspace.gradient(batch).isFinite)
      #expect(
        optimizer.step(
          rate: 0.01, clip: 5, threads: workspace.threads, kernels: KernelChoice.best.kernels) > 0)
    }
    // The parameters by name are all that there is to the network.
    let copy = try Network(description, cells: cells)
    for name in network.parameterNames { copy.setValues(of: name, to: network.values(of: name)) }
    let other = Workspace(copy, steps: 3, sequences: 2, mode: .training, pool: pool, kernels: .best)
    workspace.resetState()
    #expect(workspace.gradient(batch) == other.gradient(batch))
    #expect(checkGradients(of: QuotientUnit()).passed)
  }

  @Test func aCellThatNobodyRegisteredIsRefused() {
    #expect(throws: ModelDescriptionError.unknownCell("peephole")) { try Network(description) }
  }
}

/// `h = σ(gate) + gate / gate`: for a gate of zero that is no number.
private struct QuotientUnit: Cell {
  let gates = (input: 0, both: 1, recurrent: 0)

  func forward<Scalar: CellScalar>(
    gates: inout MutableSpan<Scalar>, previous: Span<Scalar>, next: inout MutableSpan<Scalar>,
    saved: inout MutableSpan<Scalar>, parameters: Span<Scalar>
  ) {
    for j in 0..<next.count { next[j] = Scalar.sigmoid(gates[j]) + gates[j] / gates[j] }
  }

  func backward<Scalar: CellScalar>(
    gates: inout MutableSpan<Scalar>, previous: Span<Scalar>, next: Span<Scalar>,
    saved: Span<Scalar>, parameters: Span<Scalar>, dNext: Span<Scalar>,
    dPrevious: inout MutableSpan<Scalar>, dParameters: inout MutableSpan<Scalar>
  ) {
    for j in 0..<dNext.count {
      let value = Scalar.sigmoid(gates[j])
      gates[j] = dNext[j] * value * (1 - value) * (gates[j] / gates[j])
      dPrevious[j] = 0
    }
  }
}
