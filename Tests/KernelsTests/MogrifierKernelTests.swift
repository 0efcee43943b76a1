import Foundation
import Refrain
import TestSupport
import Testing

/// A round of the Mogrifier: forward against its formula in double precision, backward against finite
/// differences of the formula.
struct MogrifierKernelTests {
  private let forwardLimit = 2e-6
  private let backwardLimit = 2e-5

  /// `[a, v]` to `2σ(a) · v`.
  private func altered(_ x: [Double]) -> Double { 2 * sigmoid(x[0]) * x[1] }

  @Test(arguments: kernelSets, edgeSizes)
  func aRound(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(700 + count))
    let x = [random.floats(count, in: -4...4), random.floats(count)]
    let dAltered = random.floats(count)
    let vector = x[1]
    var factors = x[0]
    let after = written([Float](repeating: .nan, count: count)) { span in
      var sums = factors.mutableSpan
      kernels.kernels.mogrifyForward(factors: &sums, vector: vector.span, altered: &span)
    }
    let expected = (0..<count).map { j in x.map { Double($0[j]) } }
    #expect(relativeError(after, expected.map(altered)) < forwardLimit)
    #expect(relativeError(factors, expected.map { 2 * sigmoid($0[0]) }) < forwardLimit)
    let dVector = written(dAltered) { span in
      var sums = factors.mutableSpan
      kernels.kernels.mogrifyBackward(factors: &sums, vector: vector.span, gradient: &span)
    }
    for (part, gradient) in [factors, dVector].enumerated() {
      let expected = differences(x, part) { y, j in altered(y) * Double(dAltered[j]) }
      #expect(relativeError(gradient, expected) < backwardLimit, "part \(part)")
    }
  }

  /// A matrix of zeros alters nothing, to the last bit.
  @Test(arguments: kernelSets)
  func zerosAlterNothing(_ kernels: KernelChoice) {
    var random = ReferenceRandom(seed: 3)
    let vector = random.floats(33)
    var factors = [Float](repeating: 0, count: 33)
    let after = written([Float](repeating: .nan, count: 33)) { span in
      var sums = factors.mutableSpan
      kernels.kernels.mogrifyForward(factors: &sums, vector: vector.span, altered: &span)
    }
    #expect(after == vector)
  }
}
