import Foundation
import Refrain
import TestSupport
import Testing

/// Losses of predicted frames, and their gradients, against double precision.
struct FrameKernelTests {
  /// Rows, and columns that count in the last panel.
  static let sizes = edgeSizes.flatMap { rows in (1...16).map { (rows, $0) } }

  @Test(arguments: kernelSets, edgeSizes)
  func squaredErrorsAndTheirGradient(_ kernels: KernelChoice, rows: Int) {
    var random = ReferenceRandom(seed: UInt64(rows))
    let (y, target) = (random.floats(rows * 16), random.floats(rows * 16))
    // More factors than rows, as where the last piece of a batch is short.
    let (before, factors) = (random.floats(rows * 16), random.floats(rows + 2))
    let sums = written(before) {
      kernels.kernels.squaredErrors(&$0, y.span, target: target.span)
    }
    let differences = zip(y, target).map { Double($0) - Double($1) }
    #expect(
      relativeError(sums, zip(before, differences).map { Double($0) + $1 * $1 }) < 4e-7)
    let gradient = written([Float](repeating: .nan, count: rows * 16)) {
      kernels.kernels.errorGradient(
        &$0, y.span, target: target.span, factors: factors.span)
    }
    let expected = differences.indices.map { differences[$0] * Double(factors[$0 / 16]) }
    #expect(relativeError(gradient, expected) < 4e-7)
  }

  /// What the Gaussian kernels read; what stands in columns that do not count is no number.
  private struct Gaussians {
    var mean: [Float]
    var logDeviation: [Float]
    var target: [Float]
    let columns: Int

    init(rows: Int, columns: Int, deviations: ClosedRange<Float>, seed: UInt64) {
      var random = ReferenceRandom(seed: seed)
      mean = random.floats(rows * 16)
      logDeviation = random.floats(rows * 16, in: deviations)
      target = random.floats(rows * 16)
      self.columns = columns
      for index in mean.indices where index % 16 >= columns {
        (mean[index], logDeviation[index], target[index]) = (.nan, .infinity, -.infinity)
      }
    }

    /// ln N(target; mean, e^(2s) + 10⁻⁴), but for ½ ln 2π.
    func logDensity(_ index: Int, mean move: Double = 0, deviation: Double = 0) -> Double {
      if index % 16 >= columns { return 0 }
      let variance = exp(2 * (Double(logDeviation[index]) + deviation)) + Double(Float(1e-4))
      let difference = Double(target[index]) - Double(mean[index]) - move
      return -0.5 * (difference * difference / variance + log(variance))
    }
  }

  @Test(arguments: kernelSets, sizes)
  func gaussianLogDensities(_ kernels: KernelChoice, _ size: (rows: Int, columns: Int)) {
    let seed = UInt64(size.rows * 100 + size.columns)
    let gaussians = Gaussians(
      rows: size.rows, columns: size.columns, deviations: -3...2, seed: seed)
    var random = ReferenceRandom(seed: seed + 1)
    let before = random.floats(size.rows * 16)
    let sums = written(before) {
      kernels.kernels.gaussianLogDensities(
        &$0, mean: gaussians.mean.span, logDeviation: gaussians.logDeviation.span,
        target: gaussians.target.span, columns: size.columns)
    }
    let expected = before.indices.map { Double(before[$0]) + gaussians.logDensity($0) }
    #expect(relativeError(sums, expected) < 2e-6)
    // Not even a bit of what does not count.
    for index in sums.indices where index % 16 >= size.columns {
      #expect(sums[index] == before[index])
    }
  }

  @Test(arguments: kernelSets, sizes)
  func gaussianGradients(_ kernels: KernelChoice, _ size: (rows: Int, columns: Int)) {
    let seed = UInt64(size.rows * 100 + size.columns)
    let gaussians = Gaussians(
      rows: size.rows, columns: size.columns, deviations: -2...2, seed: seed)
    var random = ReferenceRandom(seed: seed + 1)
    let factors = random.floats(size.rows + 2)
    let (mean, deviation) = gradients(kernels, gaussians, factors)
    let indices = gaussians.mean.indices
    let expectedMean = indices.map { index in
      -Double(factors[index / 16])
        * centralDifference { gaussians.logDensity(index, mean: $0) }
    }
    let expectedDeviation = indices.map { index in
      -Double(factors[index / 16])
        * centralDifference { gaussians.logDensity(index, deviation: $0) }
    }
    #expect(relativeError(mean, expectedMean) < 2e-6)
    #expect(relativeError(deviation, expectedDeviation) < 2e-6)
    for index in indices where index % 16 >= size.columns {
      #expect(mean[index] == 0 && deviation[index] == 0)
    }
  }

  private func gradients(
    _ kernels: KernelChoice, _ gaussians: Gaussians, _ factors: [Float]
  ) -> (mean: [Float], deviation: [Float]) {
    var (mean, deviation) = (gaussians.mean, gaussians.logDeviation)
    var meanSpan = mean.mutableSpan
    var deviationSpan = deviation.mutableSpan
    kernels.kernels.gaussianGradients(
      mean: &meanSpan, logDeviation: &deviationSpan, target: gaussians.target.span,
      factors: factors.span, columns: gaussians.columns)
    return (mean, deviation)
  }

  /// A deviation that has run away in either direction gives no infinite loss or gradient.
  @Test(arguments: kernelSets) func extremeDeviationsStayFinite(_ kernels: KernelChoice) {
    var gaussians = Gaussians(rows: 1, columns: 16, deviations: 0...0, seed: 1)
    gaussians.logDeviation = [-1e30, -100, -44, -20, 20, 43, 44, 45, 100, 1e30, 0, 0, 0, 0, 0, 0]
    let sums = written([Float](repeating: 0, count: 16)) {
      kernels.kernels.gaussianLogDensities(
        &$0, mean: gaussians.mean.span, logDeviation: gaussians.logDeviation.span,
        target: gaussians.target.span, columns: 16)
    }
    #expect(sums.allSatisfy { $0.isFinite })
    let (mean, deviation) = gradients(kernels, gaussians, [1])
    #expect((mean + deviation).allSatisfy { $0.isFinite })
    // Narrower than the least variance, the deviation itself no longer matters.
    #expect(abs(deviation[1]) < 1e-20 && abs(sums[0] - Float(gaussians.logDensity(0))) < 0.1)
  }
}
