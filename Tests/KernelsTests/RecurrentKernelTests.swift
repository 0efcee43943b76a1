import Foundation
import Refrain
import TestSupport
import Testing

/// The element-wise halves of the recurrent units: forward against the units' formulas in double
/// precision, backward against finite differences of those formulas.
struct RecurrentKernelTests {
  private let forwardLimit = 2e-5
  private let backwardLimit = 2e-4

  @Test(arguments: kernelSets, edgeSizes)
  func rnn(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(count))
    let sums = random.floats(count, in: -3...3)
    let dHidden = random.floats(count)
    let step = KernelStep(.rnn, kernels, gates: [sums], dOutput: dHidden)
    step.forward()
    #expect(relativeError(step.output.values[0], sums.map { tanh(Double($0)) }) < forwardLimit)
    step.backward()
    let expected = sums.indices.map { j in
      centralDifference { Double(dHidden[j]) * tanh(Double(sums[j]) + $0) }
    }
    #expect(relativeError(step.gates.values[0], expected) < backwardLimit)
  }

  /// `[i, f, g, o, c₋]` before the nonlinearities to `[h, c]`.
  private func lstm(_ x: [Double]) -> [Double] {
    let cell = sigmoid(x[1]) * x[4] + sigmoid(x[0]) * tanh(x[2])
    return [sigmoid(x[3]) * tanh(cell), cell]
  }

  @Test(arguments: kernelSets, edgeSizes)
  func lstm(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(100 + count))
    let x = (0..<5).map { _ in random.floats(count, in: -3...3) }
    checkLSTM(.lstm, kernels, x, random: &random) { x, _ in lstm(x) }
  }

  /// `[f, g, o, c₋]` before the nonlinearities to `[h, c]`.
  private func coupled(_ x: [Double]) -> [Double] {
    let forget = sigmoid(x[0])
    let cell = forget * x[3] + (1 - forget) * tanh(x[1])
    return [sigmoid(x[2]) * tanh(cell), cell]
  }

  @Test(arguments: kernelSets, edgeSizes)
  func coupledLSTM(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(300 + count))
    let x = (0..<4).map { _ in random.floats(count, in: -3...3) }
    checkLSTM(.coupledLSTM, kernels, x, random: &random) { x, _ in coupled(x) }
  }

  /// `[i, f, g, o, c₋]` before the nonlinearities and the peepholes of i, f and o to `[h, c]`.
  private func peephole(_ x: [Double], _ weights: [Float]) -> [Double] {
    let i = sigmoid(x[0] + Double(weights[0]) * x[4])
    let f = sigmoid(x[1] + Double(weights[1]) * x[4])
    let cell = f * x[4] + i * tanh(x[2])
    return [sigmoid(x[3] + Double(weights[2]) * cell) * tanh(cell), cell]
  }

  @Test(arguments: kernelSets, [1, 2, 3, 7, 50])
  func peepholeLSTM(_ kernels: KernelChoice, rows: Int) {
    var random = ReferenceRandom(seed: UInt64(400 + rows))
    let x = (0..<5).map { _ in random.floats(rows * 16, in: -3...3) }
    let weights = (0..<3).map { _ in random.floats(16) }
    checkLSTM(.peepholeLSTM, kernels, x, parameters: weights, random: &random) { x, j in
      peephole(x, weights.map { $0[j % 16] })
    }
  }

  /// - Parameters:
  ///   - x: the gates' sums, and the previous cell value last.
  ///   - formula: of element `j`, those to `[h, c]`.
  private func checkLSTM(
    _ kind: CellKind, _ kernels: KernelChoice, _ x: [[Float]], parameters: [[Float]] = [],
    random: inout ReferenceRandom, _ formula: ([Double], _ j: Int) -> [Double]
  ) {
    let count = x[0].count
    let (dHidden, dCellNext) = (random.floats(count), random.floats(count))
    let step = KernelStep(
      kind, kernels, gates: Array(x.dropLast()), previousCellStates: [x[x.count - 1]],
      parameters: parameters, dOutput: dHidden, dCellStates: [dCellNext])
    step.forward()
    let expected = (0..<count).map { j in formula(x.map { Double($0[j]) }, j) }
    #expect(relativeError(step.output.values[0], expected.map { $0[0] }) < forwardLimit)
    #expect(relativeError(step.cellStates.values[0], expected.map { $0[1] }) < forwardLimit)
    #expect(relativeError(step.saved.values[0], expected.map { tanh($0[1]) }) < forwardLimit)
    step.backward()
    for (part, gradient) in (step.gates.values + step.dCellStates.values).enumerated() {
      let expected = differences(x, part) { y, j in
        let next = formula(y, j)
        return next[0] * Double(dHidden[j]) + next[1] * Double(dCellNext[j])
      }
      #expect(relativeError(gradient, expected) < backwardLimit, "part \(part)")
    }
  }

  /// `[n, r, z, m, h₋]` before the nonlinearities to `h`; `m` is the candidate's recurrent half.
  private func gru(_ x: [Double]) -> Double {
    let candidate = tanh(x[0] + sigmoid(x[1]) * x[3])
    let update = sigmoid(x[2])
    return (1 - update) * candidate + update * x[4]
  }

  @Test(arguments: kernelSets, edgeSizes)
  func gru(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(200 + count))
    let x = (0..<5).map { _ in random.floats(count, in: -3...3) }
    check(.gru, kernels, x, random: &random, gru)
  }

  /// `[z, n, h₋]` before the nonlinearity to `h`.
  private func minGRU(_ x: [Double]) -> Double {
    (1 - sigmoid(x[0])) * x[2] + sigmoid(x[0]) * x[1]
  }

  @Test(arguments: kernelSets, edgeSizes)
  func minGRU(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(500 + count))
    let x = (0..<3).map { _ in random.floats(count, in: -3...3) }
    check(.minGRU, kernels, x, random: &random, minGRU)
  }

  /// `[f, i, n, h₋]` before the nonlinearities to `h`.
  private func minLSTM(_ x: [Double]) -> Double {
    let (forget, input) = (sigmoid(x[0]), sigmoid(x[1]))
    return (forget * x[3] + input * x[2]) / (forget + input)
  }

  @Test(arguments: kernelSets, edgeSizes)
  func minLSTM(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(600 + count))
    let x = (0..<4).map { _ in random.floats(count, in: -3...3) }
    check(.minLSTM, kernels, x, random: &random, minLSTM)
  }

  /// - Parameters:
  ///   - x: the gates' sums, and the previous output last.
  ///   - formula: those to `h`.
  private func check(
    _ kind: CellKind, _ kernels: KernelChoice, _ x: [[Float]], random: inout ReferenceRandom,
    _ formula: ([Double]) -> Double
  ) {
    let count = x[0].count
    let (dHidden, fromAbove) = (random.floats(count), random.floats(count))
    let step = KernelStep(
      kind, kernels, gates: Array(x.dropLast()), previousOutput: x[x.count - 1],
      dOutput: dHidden, dPreviousOutput: fromAbove)
    step.forward()
    let expected = (0..<count).map { j in formula(x.map { Double($0[j]) }) }
    #expect(relativeError(step.output.values[0], expected) < forwardLimit)
    step.backward()
    // The previous output's gradient is added to what is there.
    let added = zip(step.dPreviousOutput.values[0], fromAbove).map { $0 - $1 }
    for (part, gradient) in (step.gates.values + [added]).enumerated() {
      let expected = differences(x, part) { y, j in formula(y) * Double(dHidden[j]) }
      #expect(relativeError(gradient, expected) < backwardLimit, "part \(part)")
    }
  }

  /// Gates that are shut as far as they go still divide what there is among the two.
  @Test(arguments: kernelSets)
  func minLSTMWithShutGates(_ kernels: KernelChoice) {
    let step = KernelStep(
      .minLSTM, kernels,
      gates: [[-1e30, -1e30, 1e30, -200], [-1e30, 1e30, -1e30, -200], [3, 3, 3, 3]],
      previousOutput: [1, 1, 1, 1], dOutput: [1, 1, 1, 1], dPreviousOutput: [0, 0, 0, 0])
    step.forward()
    #expect(step.output.values[0] == [2, 3, 1, 2])
    step.backward()
    #expect(
      (step.gates.values + step.dPreviousOutput.values).joined().allSatisfy { $0.isFinite })
  }
}
