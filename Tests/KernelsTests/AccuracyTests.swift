import Foundation
import Refrain
import TestSupport
import Testing

/// How exact the kernels' own mathematics is, over the whole range of its arguments.
struct AccuracyTests {
  /// `count` values from `first` to `last`, evenly spaced.
  private func grid(_ first: Double, _ last: Double, count: Int = 1 << 18) -> [Float] {
    (0..<count).map { Float(first + (last - first) * Double($0) / Double(count - 1)) }
  }

  private func exponentials(_ kernels: KernelChoice, _ x: [Float]) -> [Float] {
    var z = x
    var sums = [Float](repeating: 0, count: x.count)
    let maxima = [Float](repeating: 0, count: x.count / 16)
    var zSpan = z.mutableSpan
    var sumSpan = sums.mutableSpan
    kernels.kernels.exponentials(&zSpan, maxima: maxima.span, sums: &sumSpan, columns: 16)
    return z
  }

  private func logarithms(_ kernels: KernelChoice, _ x: [Float]) -> [Float] {
    var out = x
    var span = out.mutableSpan
    let maxima = [Float](repeating: 0, count: x.count)
    kernels.kernels.logSumExponentials(&span, sums: x.span, maxima: maxima.span)
    return out
  }

  /// The sigmoid as the LSTM's input gate has it.
  private func sigmoids(_ kernels: KernelChoice, _ x: [Float]) -> [Float] {
    let step = KernelStep(.lstm, kernels, gates: [x, x, x, x], previousCellStates: [x])
    step.forward()
    return step.gates.values[0]
  }

  private func tangents(_ kernels: KernelChoice, _ x: [Float]) -> [Float] {
    let step = KernelStep(.rnn, kernels, gates: [x])
    step.forward()
    return step.output.values[0]
  }

  @Test(arguments: kernelSets, [(-87.0, 88.0), (-1, 1), (-1e-3, 1e-3)])
  func exponential(_ kernels: KernelChoice, range: (Double, Double)) {
    let x = grid(range.0, range.1)
    let worst = zip(x, exponentials(kernels, x)).map { ulps($1, from: exp(Double($0))) }.max()!
    #expect(worst <= 1.5, "\(worst) ulp")
  }

  @Test(arguments: kernelSets) func exponentialBeyondItsRange(_ kernels: KernelChoice) {
    let x: [Float] = [-87, -88, -1e10, -.infinity] + [88, 89, 1e10, .infinity] + [0, -0, .nan]
    let y = exponentials(kernels, x + [0, 0, 0, 0, 0])
    #expect(y[0] > 0 && y[0...3].allSatisfy { $0 == y[0] })
    #expect(y[4].isFinite && y[4...7].allSatisfy { $0 == y[4] })
    #expect(y[8] == 1 && y[9] == 1 && y[10].isNaN)
  }

  @Test(arguments: kernelSets, [(0.5, 2), (1, 1e5), (1e-3, 1), (1e30, 3e38), (1.2e-38, 1e-30)])
  func naturalLogarithm(_ kernels: KernelChoice, range: (Double, Double)) {
    let x = grid(range.0, range.1)
    let worst = zip(x, logarithms(kernels, x)).map { ulps($1, from: log(Double($0))) }.max()!
    #expect(worst <= 2, "\(worst) ulp")
    #expect(logarithms(kernels, [1]) == [0])
  }

  @Test(arguments: kernelSets, [1e-3, 1, 20, 200])
  func sigmoidAndTanh(_ kernels: KernelChoice, limit: Double) {
    let x = grid(-limit, limit)
    let sigmoidError = zip(x, sigmoids(kernels, x))
      .map { abs(Double($1) - 1 / (1 + exp(-Double($0)))) }.max()!
    #expect(sigmoidError <= 1e-7, "\(sigmoidError)")
    let tanhError = zip(x, tangents(kernels, x)).map { abs(Double($1) - tanh(Double($0))) }.max()!
    #expect(tanhError <= 2.5e-7, "\(tanhError)")
  }

  @Test(arguments: kernelSets) func sigmoidAndTanhAtTheirEnds(_ kernels: KernelChoice) {
    let x: [Float] = [-.infinity, -1e30, 0, 1e30, .infinity, .nan]
    let sigmoids = sigmoids(kernels, x)
    #expect(sigmoids[0..<2].allSatisfy { $0 >= 0 && $0 < 1e-30 })
    #expect(sigmoids[2...4] == [0.5, 1, 1])
    #expect(sigmoids[5].isNaN)
    let tangents = tangents(kernels, x)
    #expect(tangents[0..<5] == [-1, -1, 0, 1, 1])
    #expect(tangents[5].isNaN)
  }
}
