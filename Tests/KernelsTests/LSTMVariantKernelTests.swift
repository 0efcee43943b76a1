import Foundation
import Refrain
import TestSupport
import Testing

/// The LSTM with coupled gates and the one with peepholes: forward against the units' formulas in double
/// precision, backward against finite differences of those formulas.
struct LSTMVariantKernelTests {
  private let forwardLimit = 2e-5
  private let backwardLimit = 2e-4

  /// `[f, g, o, c₋]` before the nonlinearities to `[h, c]`.
  private func coupled(_ x: [Double]) -> [Double] {
    let forget = sigmoid(x[0])
    let cell = forget * x[3] + (1 - forget) * tanh(x[1])
    return [sigmoid(x[2]) * tanh(cell), cell]
  }

  @Test(arguments: kernelSets, edgeSizes)
  func coupledLSTM(_ kernels: KernelChoice, count: Int) {
    var random = TwinRandom(seed: UInt64(300 + count))
    let x = (0..<4).map { _ in random.floats(count, in: -3...3) }
    let (dHidden, dCellNext) = (random.floats(count), random.floats(count))
    var (f, g, o) = (x[0], x[1], x[2])
    let previousCell = x[3]
    var (cell, cellTanh, hidden) = (dHidden, dHidden, dHidden)
    var dCell = dCellNext
    do {
      var sf = f.mutableSpan
      var sg = g.mutableSpan
      var so = o.mutableSpan
      var sc = cell.mutableSpan
      var st = cellTanh.mutableSpan
      var sh = hidden.mutableSpan
      kernels.kernels.coupledLSTMForward(
        forget: &sf, candidate: &sg, output: &so, previousCell: previousCell.span, cell: &sc,
        cellTanh: &st, hidden: &sh)
    }
    let expected = (0..<count).map { j in coupled(x.map { Double($0[j]) }) }
    #expect(relativeError(hidden, expected.map { $0[0] }) < forwardLimit)
    #expect(relativeError(cell, expected.map { $0[1] }) < forwardLimit)
    #expect(relativeError(cellTanh, expected.map { tanh($0[1]) }) < forwardLimit)
    do {
      var sf = f.mutableSpan
      var sg = g.mutableSpan
      var so = o.mutableSpan
      var sd = dCell.mutableSpan
      kernels.kernels.coupledLSTMBackward(
        forget: &sf, candidate: &sg, output: &so, previousCell: previousCell.span,
        cellTanh: cellTanh.span, dHidden: dHidden.span, dCell: &sd)
    }
    for (part, gradient) in [f, g, o, dCell].enumerated() {
      let expected = differences(x, part) { y, j in
        coupled(y)[0] * Double(dHidden[j]) + coupled(y)[1] * Double(dCellNext[j])
      }
      #expect(relativeError(gradient, expected) < backwardLimit, "part \(part)")
    }
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
    let count = rows * 16
    var random = TwinRandom(seed: UInt64(400 + rows))
    let x = (0..<5).map { _ in random.floats(count, in: -3...3) }
    let weights = (0..<3).map { _ in random.floats(16) }
    let (dHidden, dCellNext) = (random.floats(count), random.floats(count))
    var (i, f, g, o) = (x[0], x[1], x[2], x[3])
    let previousCell = x[4]
    let (seesInput, seesForget, seesOutput) = (weights[0], weights[1], weights[2])
    var (cell, cellTanh, hidden) = (dHidden, dHidden, dHidden)
    var dCell = dCellNext
    do {
      var si = i.mutableSpan
      var sf = f.mutableSpan
      var sg = g.mutableSpan
      var so = o.mutableSpan
      var sc = cell.mutableSpan
      var st = cellTanh.mutableSpan
      var sh = hidden.mutableSpan
      kernels.kernels.peepholeLSTMForward(
        input: &si, forget: &sf, candidate: &sg, output: &so, inputPeephole: seesInput.span,
        forgetPeephole: seesForget.span, outputPeephole: seesOutput.span,
        previousCell: previousCell.span, cell: &sc, cellTanh: &st, hidden: &sh)
    }
    let column = { (j: Int) in weights.map { $0[j % 16] } }
    let expected = (0..<count).map { j in peephole(x.map { Double($0[j]) }, column(j)) }
    #expect(relativeError(hidden, expected.map { $0[0] }) < forwardLimit)
    #expect(relativeError(cell, expected.map { $0[1] }) < forwardLimit)
    #expect(relativeError(cellTanh, expected.map { tanh($0[1]) }) < forwardLimit)
    do {
      var si = i.mutableSpan
      var sf = f.mutableSpan
      var sg = g.mutableSpan
      var so = o.mutableSpan
      var sd = dCell.mutableSpan
      kernels.kernels.peepholeLSTMBackward(
        input: &si, forget: &sf, candidate: &sg, output: &so, inputPeephole: seesInput.span,
        forgetPeephole: seesForget.span, outputPeephole: seesOutput.span,
        previousCell: previousCell.span, cellTanh: cellTanh.span, dHidden: dHidden.span, dCell: &sd)
    }
    for (part, gradient) in [i, f, g, o, dCell].enumerated() {
      let expected = differences(x, part) { y, j in
        let said = peephole(y, column(j))
        return said[0] * Double(dHidden[j]) + said[1] * Double(dCellNext[j])
      }
      #expect(relativeError(gradient, expected) < backwardLimit, "part \(part)")
    }
  }
}
