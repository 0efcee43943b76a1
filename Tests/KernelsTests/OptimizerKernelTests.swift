import Refrain
import TestSupport
import Testing

/// The optimizers' steps against the reference implementations', several in a row.
struct OptimizerKernelTests {
  private let steps = 7
  private let rate = 0.01
  /// The clip's factor; the reference is given the scaled gradients.
  private let scale: Float = 0.75

  /// Runs `step` with the gradients of each step (counted from 1) beside the reference implementation.
  private func compare(
    _ reference: some ReferenceOptimizer<Double>, count: Int,
    step: (_ index: Int, _ weights: inout [Float], _ gradients: [Float]) -> Void
  ) {
    var reference = reference
    var random = ReferenceRandom(seed: UInt64(count))
    var weights = random.floats(count)
    var expected = ["w": ReferenceTensor<Double>(shape: [count], values: weights.map(Double.init))]
    for index in 1...steps {
      let gradients = random.floats(count)
      step(index, &weights, gradients)
      let scaled = gradients.map { Double($0) * Double(scale) }
      reference.update(&expected, gradients: ["w": ReferenceTensor(shape: [count], values: scaled)])
    }
    #expect(relativeError(weights, expected["w"]!.values) < 5e-6)
  }

  @Test(arguments: kernelSets, edgeSizes)
  func adam(_ kernels: KernelChoice, count: Int) {
    for decay in [0, 0.1] {
      var reference = ReferenceAdam<Double>(learningRate: rate)
      (reference.weightDecay, reference.isDecoupled) = (decay, true)
      let (beta1, beta2) = (reference.beta1, reference.beta2)
      var m = [Float](repeating: 0, count: count)
      var v = m
      compare(reference, count: count) { index, weights, gradients in
        var w = weights.mutableSpan
        var first = m.mutableSpan
        var second = v.mutableSpan
        kernels.kernels.adam(
          &w, gradients.span, first: &first, second: &second, scale: scale,
          rate: Float(rate / (1 - power(beta1, index))),
          correction: Float(1 / (1 - power(beta2, index))), beta1: Float(beta1),
          gain1: Float(1 - beta1), beta2: Float(beta2), gain2: Float(1 - beta2), epsilon: 1e-8,
          decay: Float(rate * decay))
      }
    }
  }

  @Test(arguments: kernelSets, edgeSizes)
  func rmsProp(_ kernels: KernelChoice, count: Int) {
    for decay in [0, 0.1] {
      var reference = ReferenceRMSProp<Double>(learningRate: rate)
      reference.weightDecay = decay
      let smoothing = reference.alpha
      var v = [Float](repeating: 0, count: count)
      compare(reference, count: count) { _, weights, gradients in
        var w = weights.mutableSpan
        var second = v.mutableSpan
        kernels.kernels.rmsProp(
          &w, gradients.span, second: &second, scale: scale, rate: Float(rate),
          smoothing: Float(smoothing), gain: Float(1 - smoothing), epsilon: 1e-8,
          decay: Float(decay))
      }
    }
  }

  @Test(arguments: kernelSets, edgeSizes)
  func momentum(_ kernels: KernelChoice, count: Int) {
    for (momentum, decay) in [(0, 0), (0.9, 0), (0.9, 0.1)] {
      var reference = ReferenceSGD<Double>(learningRate: rate)
      (reference.momentum, reference.weightDecay) = (momentum, decay)
      var b = [Float](repeating: 0, count: count)
      compare(reference, count: count) { _, weights, gradients in
        var w = weights.mutableSpan
        var velocity = b.mutableSpan
        kernels.kernels.momentum(
          &w, gradients.span, velocity: &velocity, scale: scale, rate: Float(rate),
          momentum: Float(momentum), decay: Float(decay))
      }
    }
  }

  /// Padding is stepped like everything else; it has to stay zero.
  @Test(arguments: kernelSets) func aWeightWithoutGradientStays(_ kernels: KernelChoice) {
    let gradients = [Float](repeating: 0, count: 16)
    var weights = gradients
    var (m, v) = (gradients, gradients)
    var w = weights.mutableSpan
    var first = m.mutableSpan
    var second = v.mutableSpan
    kernels.kernels.adam(
      &w, gradients.span, first: &first, second: &second, scale: 1, rate: 0.01, correction: 1000,
      beta1: 0.9, gain1: 0.1, beta2: 0.999, gain2: 0.001, epsilon: 1e-8, decay: 0.1)
    #expect(weights.allSatisfy { $0 == 0 })
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * base }
  }
}
