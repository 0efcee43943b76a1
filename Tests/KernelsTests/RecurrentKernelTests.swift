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
    var random = TwinRandom(seed: UInt64(count))
    let sums = random.floats(count, in: -3...3)
    let dHidden = random.floats(count)
    var hidden = [Float](repeating: .nan, count: count)
    var hiddenSpan = hidden.mutableSpan
    kernels.kernels.rnnForward(preactivation: sums.span, hidden: &hiddenSpan)
    #expect(relativeError(hidden, sums.map { tanh(Double($0)) }) < forwardLimit)
    var dSums = [Float](repeating: .nan, count: count)
    var dSumsSpan = dSums.mutableSpan
    kernels.kernels.rnnBackward(
      hidden: hidden.span, dHidden: dHidden.span, dPreactivation: &dSumsSpan)
    let expected = sums.indices.map { j in
      centralDifference { Double(dHidden[j]) * tanh(Double(sums[j]) + $0) }
    }
    #expect(relativeError(dSums, expected) < backwardLimit)
  }

  /// `[i, f, g, o, c₋]` before the nonlinearities to `[h, c]`.
  private func lstm(_ x: [Double]) -> [Double] {
    let cell = sigmoid(x[1]) * x[4] + sigmoid(x[0]) * tanh(x[2])
    return [sigmoid(x[3]) * tanh(cell), cell]
  }

  @Test(arguments: kernelSets, edgeSizes)
  func lstm(_ kernels: KernelChoice, count: Int) {
    var random = TwinRandom(seed: UInt64(100 + count))
    let x = (0..<5).map { _ in random.floats(count, in: -3...3) }
    let previousCell = x[4]
    let (dHidden, dCellNext) = (random.floats(count), random.floats(count))
    var (i, f, g, o) = (x[0], x[1], x[2], x[3])
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
      kernels.kernels.lstmForward(
        input: &si, forget: &sf, candidate: &sg, output: &so, previousCell: previousCell.span,
        cell: &sc,
        cellTanh: &st, hidden: &sh)
    }
    let expected = (0..<count).map { j in lstm(x.map { Double($0[j]) }) }
    #expect(relativeError(hidden, expected.map { $0[0] }) < forwardLimit)
    #expect(relativeError(cell, expected.map { $0[1] }) < forwardLimit)
    #expect(relativeError(cellTanh, expected.map { tanh($0[1]) }) < forwardLimit)
    do {
      var si = i.mutableSpan
      var sf = f.mutableSpan
      var sg = g.mutableSpan
      var so = o.mutableSpan
      var sd = dCell.mutableSpan
      kernels.kernels.lstmBackward(
        input: &si, forget: &sf, candidate: &sg, output: &so, previousCell: previousCell.span,
        cellTanh: cellTanh.span, dHidden: dHidden.span, dCell: &sd)
    }
    for (part, gradient) in [i, f, g, o, dCell].enumerated() {
      let expected = differences(x, part) { y, j in
        lstm(y)[0] * Double(dHidden[j]) + lstm(y)[1] * Double(dCellNext[j])
      }
      #expect(relativeError(gradient, expected) < backwardLimit, "part \(part)")
    }
  }

  /// `[r, z, n, m, h₋]` before the nonlinearities to `h`; `m` is the candidate's recurrent half.
  private func gru(_ x: [Double]) -> Double {
    let candidate = tanh(x[2] + sigmoid(x[0]) * x[3])
    let update = sigmoid(x[1])
    return (1 - update) * candidate + update * x[4]
  }

  @Test(arguments: kernelSets, edgeSizes)
  func gru(_ kernels: KernelChoice, count: Int) {
    var random = TwinRandom(seed: UInt64(200 + count))
    let x = (0..<5).map { _ in random.floats(count, in: -3...3) }
    let previous = x[4]
    let (dHidden, asked) = (random.floats(count), random.floats(count))
    var (r, z, n, m) = (x[0], x[1], x[2], x[3])
    var hidden = dHidden
    var dPrevious = asked
    do {
      var sr = r.mutableSpan
      var sz = z.mutableSpan
      var sn = n.mutableSpan
      var sh = hidden.mutableSpan
      kernels.kernels.gruForward(
        reset: &sr, update: &sz, candidate: &sn, recurrent: m.span, previous: previous.span,
        hidden: &sh)
    }
    let expected = (0..<count).map { j in gru(x.map { Double($0[j]) }) }
    #expect(relativeError(hidden, expected) < forwardLimit)
    do {
      var sr = r.mutableSpan
      var sz = z.mutableSpan
      var sn = n.mutableSpan
      var sm = m.mutableSpan
      var sp = dPrevious.mutableSpan
      kernels.kernels.gruBackward(
        reset: &sr, update: &sz, candidate: &sn, recurrent: &sm, previous: previous.span,
        dHidden: dHidden.span, dPrevious: &sp)
    }
    // The previous output's gradient is added to what is there.
    let added = zip(dPrevious, asked).map { $0 - $1 }
    for (part, gradient) in [r, z, n, m, added].enumerated() {
      let expected = differences(x, part) { y, j in gru(y) * Double(dHidden[j]) }
      #expect(relativeError(gradient, expected) < backwardLimit, "part \(part)")
    }
  }
}
