import Foundation
import TestSupport
import Testing

/// The reference layers and outputs of frames against numbers that can be worked out by hand.
struct FrameReferenceLossTests {
  private let frames = ReferenceTensor<Double>(shape: [3, 2], values: [0, 0, 1, -1, 3, 0.5])

  @Test func squaredErrorsAreAveragedOverCountedValues() {
    let head = ReferenceSquaredError([2, -1, 9, 9, 0, 0.5], frames: frames, targets: [1, -1, 2])
    #expect(head.loss == (1 + 0 + 9 + 0) / 4.0)
    #expect(head.gradient == [0.5, 0, 0, 0, -1.5, 0])
  }

  /// Probabilities of 3/4, 1/2 and 1/5; the last label of the second row is half true.
  @Test func labelsAreSummedOverAndTargetsAveraged() {
    let labels = ReferenceTensor<Double>(shape: [2, 3], values: [1, 0, 0, 0, 1, 0.5])
    let row = [log(3.0), 0, -log(4.0)]
    let head = ReferenceLabels(logits: row + row + row, frames: labels, targets: [0, -1, 1])
    let losses = [log(4.0 / 3 * 2 * 5 / 4), log(4.0 * 2) + log(5 * 5.0 / 4) / 2]
    #expect(abs(head.loss - losses.reduce(0, +) / 2) < 1e-12)
    let gradient = [-0.25, 0.5, 0.2, 0, 0, 0, 0.75, -0.5, -0.3].map { $0 / 2 }
    #expect(relativeError(head.gradient, gradient) < 1e-12)
  }

  /// One Gaussian whose variance is 1: e^(2s) + 10⁻⁴ = 1.
  @Test func oneGaussianIsASquaredErrorAndAConstant() {
    let deviation = log(1 - 1e-4) / 2
    let outputs = [5, 2, -1, deviation, deviation]
    let head = ReferenceMixture(outputs, components: 1, frames: frames, targets: [2])
    #expect(abs(head.loss - ((1 + 2.25) / 2 + log(2 * .pi)) / 2) < 1e-12)
  }

  /// Two components of two values, whose means look back at two frames.
  @Test func theLastFramesAreAddedToEveryMean() {
    let outputs = ReferencePass<Double>.same([7, 8, 1, 2, 3, 4, -1, -1, -1, -1], size: 10)
    let pass = outputs.withHistory(
      ReferenceTensor(shape: [4], values: [1, 0.5, -2, 3]), past: [10, 20, 30, 40], components: 2)
    // 10 · 1 − 30 · 2 and 20 · 0.5 + 40 · 3.
    let sums: [Double] = [7, 8, -49, 132, -47, 134, -1, -1, -1, -1]
    #expect(pass.output == sums)
    let (dx, gradients) = pass.backward([9, 9, 1, 2, 3, 4, 9, 9, 9, 9])
    #expect(dx == [9, 9, 1, 2, 3, 4, 9, 9, 9, 9])
    #expect(gradients["history"]!.values == [40, 120, 120, 240])
  }

  @Test func aRecordingsFirstFrameStandsForThoseBefore() {
    let network = ReferenceNetwork<Double>(
      vocabulary: 1, layers: [], output: .mixture(components: 1, history: 3),
      parameters: ReferenceNetwork<Double>.shapes(
        vocabulary: 1, layers: [], output: .mixture(components: 1, history: 3)
      ).mapValues { ReferenceTensor(zeros: $0) },
      frames: ReferenceTensor(shape: [5, 1], values: [0, 1, 2, 3, 4]), recordings: [3])
    let batch = ReferenceBatch(
      steps: 4, sequences: 1, tokens: [0, 2, 3, 4], targets: [1, 1, 1, 1])
    #expect(network.past(batch) == [0, 0, 0, 2, 1, 0, 3, 3, 3, 4, 3, 3])
  }

  @Test func equalGaussiansAreOne() {
    let one = ReferenceMixture(
      [0, 2, -1, 0.5, -1], components: 1, frames: frames, targets: [1])
    let two = ReferenceMixture(
      [3, -1, 2, -1, 2, -1, 0.5, -1, 0.5, -1], components: 2, frames: frames, targets: [1])
    #expect(abs(one.loss - two.loss) < 1e-12)
    #expect(abs(two.gradient[0]) < 1e-12 && abs(two.gradient[1]) < 1e-12)
  }

  @Test func batchNormNormalisesEachColumn() {
    let parameters: ReferenceTensors<Double> = [
      "weight": ReferenceTensor(shape: [2], values: [1, 2]),
      "bias": ReferenceTensor(shape: [2], values: [0, 10]),
    ]
    let running: ReferenceTensors<Double> = [
      "running_mean": ReferenceTensor(shape: [2], values: [0, 10]),
      "running_var": ReferenceTensor(shape: [2], values: [1, 1]),
    ]
    let pass = ReferencePass.batchNorm(
      parameters, running, [1, 10, 3, 30], counted: [true, true])
    // Means 2 and 20, variances 1 and 100; unbiased ones 2 and 200.
    let (a, b) = (1 / (1 + 1e-5).squareRoot(), 20 / (100 + 1e-5).squareRoot())
    #expect(relativeError(pass.output, [-a, 10 - b, a, 10 + b]) < 1e-12)
    #expect(relativeError(pass.statistics["running_mean"]!.values, [0.2, 11]) < 1e-12)
    #expect(relativeError(pass.statistics["running_var"]!.values, [1.1, 20.9]) < 1e-12)
    let used = ReferencePass.batchNormInUse(parameters, running, [1, 10, 3, 30])
    let c = 1 / (1 + 1e-5).squareRoot()
    #expect(relativeError(used.output, [c, 10, 3 * c, 10 + 40 * c]) < 1e-12)
  }
}
