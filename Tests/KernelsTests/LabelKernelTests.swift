import Foundation
import Refrain
import TestSupport
import Testing

/// Cross-entropies of labels, and their gradients, against double precision.
struct LabelKernelTests {
  /// What the kernels read; what stands in columns that do not count is no number.
  private struct Labels {
    var z: [Float]
    var target: [Float]

    init(rows: Int, columns: Int, seed: UInt64) {
      var random = ReferenceRandom(seed: seed)
      z = random.floats(rows * 16, in: -12...12)
      target = random.floats(rows * 16, in: -0.5...1.5).map { min(max($0, 0), 1) }
      for index in z.indices where index % 16 >= columns {
        (z[index], target[index]) = (.nan, -.infinity)
      }
    }
  }

  /// ln (1 + eᶻ) − y · z.
  private func loss(_ z: Float, _ target: Float) -> Double {
    let z = Double(z)
    return (max(z, 0) - Double(target) * z) + log1p(exp(-abs(z)))
  }

  @Test(arguments: kernelSets, FrameKernelTests.sizes)
  func losses(_ kernels: KernelChoice, _ size: (rows: Int, columns: Int)) {
    let seed = UInt64(size.rows * 100 + size.columns)
    let labels = Labels(rows: size.rows, columns: size.columns, seed: seed)
    var random = ReferenceRandom(seed: seed + 1)
    let before = random.floats(size.rows * 16)
    let sums = written(before) {
      kernels.kernels.labelLosses(
        &$0, labels.z.span, target: labels.target.span, columns: size.columns)
    }
    let expected = before.indices.map { index in
      Double(before[index])
        + (index % 16 < size.columns ? loss(labels.z[index], labels.target[index]) : 0)
    }
    #expect(relativeError(sums, expected) < 4e-7)
    // Not even a bit of what does not count.
    for index in sums.indices where index % 16 >= size.columns {
      #expect(sums[index] == before[index])
    }
  }

  @Test(arguments: kernelSets, FrameKernelTests.sizes)
  func gradients(_ kernels: KernelChoice, _ size: (rows: Int, columns: Int)) {
    let seed = UInt64(size.rows * 100 + size.columns)
    let labels = Labels(rows: size.rows, columns: size.columns, seed: seed)
    var random = ReferenceRandom(seed: seed + 1)
    // More factors than rows, as where the last piece of a batch is short.
    let factors = random.floats(size.rows + 2)
    let gradient = written(labels.z) {
      kernels.kernels.labelGradient(
        &$0, target: labels.target.span, factors: factors.span, columns: size.columns)
    }
    let expected = gradient.indices.map { index -> Double in
      if index % 16 >= size.columns { return 0 }
      let difference = sigmoid(Double(labels.z[index])) - Double(labels.target[index])
      return difference * Double(factors[index / 16])
    }
    #expect(relativeError(gradient, expected) < 4e-7)
    for index in gradient.indices where index % 16 >= size.columns {
      #expect(gradient[index] == 0)
    }
  }

  /// However sure the network is, and rightly or wrongly, losses are exact to their last digits.
  @Test(arguments: kernelSets) func largeLogits(_ kernels: KernelChoice) {
    let factors: [Float] = [1]
    let z: [Float] = [-1e30, -1e4, -100, -80, -30, -17, -1, -1e-20, 0, 1, 9, 17, 40, 89, 1e4, 1e30]
    for target in [0, 1, 0.5] as [Float] {
      let targets = [Float](repeating: target, count: 16)
      let losses = written([Float](repeating: 0, count: 16)) {
        kernels.kernels.labelLosses(&$0, z.span, target: targets.span, columns: 16)
      }
      let gradient = written(z) {
        kernels.kernels.labelGradient(&$0, target: targets.span, factors: factors.span, columns: 16)
      }
      for (index, z) in z.enumerated() {
        let expected = loss(z, target)
        // e⁻⁸⁷ is the least exponential.
        #expect(abs(Double(losses[index]) - expected) <= 4e-7 * expected + 2e-38, "\(z), \(target)")
        let slope = sigmoid(Double(z)) - Double(target)
        #expect(abs(Double(gradient[index]) - slope) < 2e-7, "\(z), \(target)")
      }
    }
  }

  /// A network that has run away is seen by its loss.
  @Test(arguments: kernelSets) func whatIsNoNumberStaysSo(_ kernels: KernelChoice) {
    let z = [Float](repeating: .nan, count: 16)
    let targets = [Float](repeating: 1, count: 16)
    let losses = written([Float](repeating: 0, count: 16)) {
      kernels.kernels.labelLosses(&$0, z.span, target: targets.span, columns: 16)
    }
    #expect(losses.allSatisfy { $0.isNaN })
  }
}
