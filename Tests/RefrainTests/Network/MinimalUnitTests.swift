import Foundation
import Refrain
import Testing

/// Units whose gates see the input only (Feng et al. 2024): their state has a closed form.
struct MinimalUnitTests {
  private static let tokens: [Int32] = [0, 3, 1, 4, 4, 2, 0, 1, 3, 2, 2, 4]
  private static let vocabulary = 5

  private func network(_ cell: CellKind, _ hidden: Int) throws -> Network {
    try Network(
      ModelDescription(input: .tokens(Self.vocabulary), output: .softmax(Self.vocabulary)) {
        Recurrent(cell, hidden)
      }, cells: [CustomCell("minimal", MinimalUnit())])
  }

  /// `W x + b` of block `block` for each token, of unit `unit`.
  private func projection(_ network: Network, _ block: Int, _ unit: Int, _ hidden: Int) -> [Double]
  {
    let weights = network.values(of: "layers.0.weight_ih")
    let bias = network.values(of: "layers.0.bias")
    let row = block * hidden + unit
    return Self.tokens.map { Double(weights[row * Self.vocabulary + Int($0)] + bias[row]) }
  }

  private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// `h_T = h_0 ∏ keep_t + Σ_t take_t candidate_t ∏_{s > t} keep_s`, as a parallel scan computes it.
  private func closedForm(
    _ keep: [Double], _ take: [Double], _ candidate: [Double], from initial: Double
  ) -> Double {
    var sum = keep.reduce(initial, *)
    for t in keep.indices {
      sum += take[t] * candidate[t] * keep[(t + 1)...].reduce(1, *)
    }
    return sum
  }

  @Test(arguments: [CellKind.minGRU, .minLSTM], [1, 7, 16, 33])
  func stateHasTheClosedForm(_ cell: CellKind, hidden: Int) throws {
    let network = try network(cell, hidden)
    let workspace = Workspace(network, steps: Self.tokens.count, sequences: 1, mode: .inference)
    var state = workspace.state()
    state.vectors[0].values = (0..<hidden).map { Float($0 % 5) / 4 - 0.5 }
    workspace.setState(state)
    workspace.forward(
      Batch(
        steps: Self.tokens.count, sequences: 1, tokens: Self.tokens,
        targets: Self.tokens))
    let found = workspace.state().vectors[0].values
    for unit in 0..<hidden {
      let sums = (0..<(cell == .minGRU ? 2 : 3)).map { projection(network, $0, unit, hidden) }
      let first = sums[0].map(sigmoid)
      let take =
        cell == .minGRU
        ? first : zip(first, sums[1].map(sigmoid)).map { $1 / ($0 + $1) }
      let expected = closedForm(
        take.map { 1 - $0 }, take, sums[sums.count - 1],
        from: Double(state.vectors[0].values[unit]))
      #expect(abs(Double(found[unit]) - expected) < 2e-6)
    }
  }

  @Test(arguments: [CellKind.minGRU, .minLSTM, .custom("minimal")])
  func haveNoRecurrentWeights(_ cell: CellKind) throws {
    #expect(
      try network(cell, 7).parameterNames == [
        "layers.0.weight_ih", "layers.0.bias", "output.weight", "output.bias",
      ])
  }

  /// A user's unit without recurrent products is the same as the library's.
  @Test(arguments: [1, 7, 17, 33])
  func aCellOfOnesOwnIsTheSame(hidden: Int) throws {
    let networks = try [CellKind.minGRU, .custom("minimal")].map { try network($0, hidden) }
    for name in networks[0].parameterNames {
      networks[1].setValues(of: name, to: networks[0].values(of: name))
    }
    let batch = Batch(
      steps: 4, sequences: 3, tokens: Self.tokens, targets: Self.tokens.reversed())
    let losses = networks.map {
      Workspace($0, steps: 4, sequences: 3, mode: .training).gradient(batch)
    }
    #expect(abs(losses[0] - losses[1]) < 1e-6)
    for name in networks[0].parameterNames {
      let (own, users) = (networks[0].gradient(of: name), networks[1].gradient(of: name))
      #expect(zip(own, users).allSatisfy { abs($0 - $1) < 1e-6 }, "\(name)")
    }
    #expect(checkGradients(of: MinimalUnit()).passed)
  }

  @Test(arguments: [(CellKind.lstm, 1), (.peepholeLSTM, 1), (.coupledLSTM, 0)])
  func forgetGatesBeginOpen(_ cell: CellKind, _ block: Int) throws {
    let bias = try network(cell, 7).values(of: "layers.0.bias")
    for (index, value) in bias.enumerated() {
      #expect((value == 1) == (index / 7 == block), "\(index)")
    }
  }
}

/// minGRU as a user would write it.
private struct MinimalUnit: Cell {
  let gates = (input: 2, both: 0, recurrent: 0)

  func forward<Scalar: CellScalar>(
    gates: inout MutableSpan<Scalar>, previous: Span<Scalar>, next: inout MutableSpan<Scalar>,
    saved: inout MutableSpan<Scalar>, parameters: Span<Scalar>
  ) {
    let count = next.count
    for j in 0..<count {
      gates[j] = Scalar.sigmoid(gates[j])
      next[j] = (1 - gates[j]) * previous[j] + gates[j] * gates[count + j]
    }
  }

  func backward<Scalar: CellScalar>(
    gates: inout MutableSpan<Scalar>, previous: Span<Scalar>, next: Span<Scalar>,
    saved: Span<Scalar>, parameters: Span<Scalar>, dNext: Span<Scalar>,
    dPrevious: inout MutableSpan<Scalar>, dParameters: inout MutableSpan<Scalar>
  ) {
    let count = next.count
    for j in 0..<count {
      let update = gates[j]
      let dUpdate = dNext[j] * (gates[count + j] - previous[j])
      gates[j] = dUpdate * update * (1 - update)
      gates[count + j] = dNext[j] * update
      dPrevious[j] = dNext[j] * (1 - update)
    }
  }
}
