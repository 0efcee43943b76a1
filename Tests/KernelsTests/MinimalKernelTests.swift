import Foundation
import Refrain
import TestSupport
import Testing

/// The units whose gates see the input only: forward against their formulas in double precision, backward
/// against finite differences of those formulas.
struct MinimalKernelTests {
  private let forwardLimit = 2e-5
  private let backwardLimit = 2e-4

  /// `[z, n, h₋]` before the nonlinearity to `h`.
  private func minGRU(_ x: [Double]) -> Double {
    (1 - sigmoid(x[0])) * x[2] + sigmoid(x[0]) * x[1]
  }

  @Test(arguments: kernelSets, edgeSizes)
  func minGRU(_ kernels: KernelChoice, count: Int) {
    var random = TwinRandom(seed: UInt64(500 + count))
    let x = (0..<3).map { _ in random.floats(count, in: -3...3) }
    let (dHidden, asked) = (random.floats(count), random.floats(count))
    var (z, n) = (x[0], x[1])
    let previous = x[2]
    var hidden = dHidden
    var dPrevious = asked
    do {
      var sz = z.mutableSpan
      var sh = hidden.mutableSpan
      kernels.kernels.minGRUForward(
        update: &sz, candidate: n.span, previous: previous.span, hidden: &sh)
    }
    let expected = (0..<count).map { j in minGRU(x.map { Double($0[j]) }) }
    #expect(relativeError(hidden, expected) < forwardLimit)
    do {
      var sz = z.mutableSpan
      var sn = n.mutableSpan
      var sp = dPrevious.mutableSpan
      kernels.kernels.minGRUBackward(
        update: &sz, candidate: &sn, previous: previous.span, dHidden: dHidden.span, dPrevious: &sp)
    }
    // The previous output's gradient is added to what is there.
    let added = zip(dPrevious, asked).map { $0 - $1 }
    for (part, gradient) in [z, n, added].enumerated() {
      let expected = differences(x, part) { y, j in minGRU(y) * Double(dHidden[j]) }
      #expect(relativeError(gradient, expected) < backwardLimit, "part \(part)")
    }
  }

  /// `[f, i, n, h₋]` before the nonlinearities to `h`.
  private func minLSTM(_ x: [Double]) -> Double {
    let (forget, input) = (sigmoid(x[0]), sigmoid(x[1]))
    return (forget * x[3] + input * x[2]) / (forget + input)
  }

  @Test(arguments: kernelSets, edgeSizes)
  func minLSTM(_ kernels: KernelChoice, count: Int) {
    var random = TwinRandom(seed: UInt64(600 + count))
    let x = (0..<4).map { _ in random.floats(count, in: -3...3) }
    let (dHidden, asked) = (random.floats(count), random.floats(count))
    var (f, i, n) = (x[0], x[1], x[2])
    let previous = x[3]
    var hidden = dHidden
    var dPrevious = asked
    do {
      var sf = f.mutableSpan
      var si = i.mutableSpan
      var sh = hidden.mutableSpan
      kernels.kernels.minLSTMForward(
        forget: &sf, input: &si, candidate: n.span, previous: previous.span, hidden: &sh)
    }
    let expected = (0..<count).map { j in minLSTM(x.map { Double($0[j]) }) }
    #expect(relativeError(hidden, expected) < forwardLimit)
    do {
      var sf = f.mutableSpan
      var si = i.mutableSpan
      var sn = n.mutableSpan
      var sp = dPrevious.mutableSpan
      kernels.kernels.minLSTMBackward(
        forget: &sf, input: &si, candidate: &sn, previous: previous.span, dHidden: dHidden.span,
        dPrevious: &sp)
    }
    let added = zip(dPrevious, asked).map { $0 - $1 }
    for (part, gradient) in [f, i, n, added].enumerated() {
      let expected = differences(x, part) { y, j in minLSTM(y) * Double(dHidden[j]) }
      #expect(relativeError(gradient, expected) < backwardLimit, "part \(part)")
    }
  }

  /// Gates that are shut as far as they go still divide what there is among the two.
  @Test(arguments: kernelSets)
  func minLSTMWithShutGates(_ kernels: KernelChoice) {
    var f: [Float] = [-1e30, -1e30, 1e30, -200]
    var i: [Float] = [-1e30, 1e30, -1e30, -200]
    var n: [Float] = [3, 3, 3, 3]
    let previous: [Float] = [1, 1, 1, 1]
    let dHidden: [Float] = [1, 1, 1, 1]
    var hidden: [Float] = [9, 9, 9, 9]
    var dPrevious: [Float] = [0, 0, 0, 0]
    var sf = f.mutableSpan
    var si = i.mutableSpan
    var sh = hidden.mutableSpan
    kernels.kernels.minLSTMForward(
      forget: &sf, input: &si, candidate: n.span, previous: previous.span, hidden: &sh)
    #expect(hidden == [2, 3, 1, 2])
    var df = f.mutableSpan
    var di = i.mutableSpan
    var dn = n.mutableSpan
    var dp = dPrevious.mutableSpan
    kernels.kernels.minLSTMBackward(
      forget: &df, input: &di, candidate: &dn, previous: previous.span, dHidden: dHidden.span,
      dPrevious: &dp)
    #expect((f + i + n + dPrevious).allSatisfy { $0.isFinite })
  }
}
