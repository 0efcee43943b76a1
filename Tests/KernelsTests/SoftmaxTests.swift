import Foundation
import Refrain
import TestSupport
import Testing

/// The pieces of softmax and cross-entropy, put together as the output layer does.
struct SoftmaxTests {
  static let columns = edgeSizes + [2, 15, 31, 32, 65, 101]

  /// What the pieces made of rows of logits.
  struct Result {
    /// `[rows, columns]`.
    var probabilities: [Float]
    /// One per row: the logarithm of the sum of the exponentials.
    var logarithms: [Float]
    /// What stands beyond the last column.
    var padding: [Float]
  }

  /// `logits` is `[rows, columns]`.
  private func softmax(_ kernels: KernelChoice, _ logits: [Float], rows: Int) -> Result {
    let columns = logits.count / rows
    let kernels = kernels.kernels
    // Beyond the last column stands 0, as in a network.
    var panels = (0..<Panels.needed(for: columns)).map { panel in
      (0..<rows * 16).map { index -> Float in
        let column = panel * 16 + index % 16
        return column < columns ? logits[index / 16 * columns + column] : 0
      }
    }
    let counts = panels.indices.map { min(16, columns - $0 * 16) }
    var partial = [Float](repeating: -.greatestFiniteMagnitude, count: rows * 16)
    var maxima = [Float](repeating: .nan, count: rows)
    var sums = maxima
    var logarithms = maxima
    var partialSpan = partial.mutableSpan
    for (panel, count) in counts.enumerated() {
      let z = panels[panel]
      kernels.rowMaxima(&partialSpan, z.span, columns: count)
    }
    var maximaSpan = maxima.mutableSpan
    kernels.reduceMaxima(&maximaSpan, partial.span)
    var clearedSpan = partial.mutableSpan
    kernels.fill(&clearedSpan, Span())
    for (panel, count) in counts.enumerated() {
      var z = panels[panel].mutableSpan
      kernels.exponentials(&z, maxima: maxima.span, sums: &clearedSpan, columns: count)
    }
    var sumSpan = sums.mutableSpan
    kernels.reduceSums(&sumSpan, partial.span)
    var logarithmSpan = logarithms.mutableSpan
    kernels.logSumExponentials(&logarithmSpan, sums: sums.span, maxima: maxima.span)
    let factors = sums.map { 1 / $0 }
    for panel in panels.indices {
      var z = panels[panel].mutableSpan
      kernels.scaleRows(&z, by: factors.span)
    }
    var result = Result(probabilities: [], logarithms: logarithms, padding: [])
    for row in 0..<rows {
      for column in 0..<panels.count * 16 {
        let value = panels[column / 16][row * 16 + column % 16]
        if column < columns {
          result.probabilities.append(value)
        } else {
          result.padding.append(value)
        }
      }
    }
    return result
  }

  @Test(arguments: kernelSets, columns)
  func probabilitiesAndLogarithms(_ kernels: KernelChoice, columns: Int) {
    for rows in edgeSizes {
      var random = ReferenceRandom(seed: UInt64(columns * 100 + rows))
      let logits = random.floats(rows * columns, in: -12...12)
      let result = softmax(kernels, logits, rows: rows)
      for row in 0..<rows {
        let own = row * columns..<(row + 1) * columns
        let exponentials = logits[own].map { exp(Double($0)) }
        let sum = exponentials.reduce(0, +)
        let probabilities = Array(result.probabilities[own])
        #expect(relativeError(probabilities, exponentials.map { $0 / sum }) < 1e-6)
        #expect(abs(probabilities.reduce(0) { $0 + Double($1) } - 1) <= 1e-6)
        #expect(abs(Double(result.logarithms[row]) - log(sum)) < 2e-6)
      }
      #expect(result.padding.allSatisfy { $0 == 0 })
    }
  }

  /// Multiples of 1/64 are shifted without rounding, so not even a bit may change; the padding's 0 is
  /// then the largest or smallest value by far, and must not be seen.
  @Test(arguments: kernelSets, [-4096, -100, 100, 4096] as [Float])
  func aShiftChangesNothing(_ kernels: KernelChoice, shift: Float) {
    for columns in Self.columns {
      var random = ReferenceRandom(seed: UInt64(columns))
      let logits = random.floats(5 * columns, in: -12...12).map { ($0 * 64).rounded() / 64 }
      let result = softmax(kernels, logits, rows: 5)
      let shifted = softmax(kernels, logits.map { $0 + shift }, rows: 5)
      #expect(bits(shifted.probabilities) == bits(result.probabilities))
      for (after, before) in zip(shifted.logarithms, result.logarithms) {
        #expect(abs(after - before - shift) <= 2 * shift.ulp)
      }
    }
  }

  /// Logits as a training that runs away makes them: nothing overflows, and the most likely token
  /// has all the probability.
  @Test(arguments: kernelSets) func hugeLogits(_ kernels: KernelChoice) {
    let logits: [Float] = [-3e38, 1e4, -1e4, 3e38, 0, 12, -3e38]
    let result = softmax(kernels, logits, rows: 1)
    #expect(relativeError(result.probabilities, [0, 0, 0, 1, 0, 0, 0]) < 1e-6)
    #expect(result.logarithms == [3e38])
  }

  @Test(arguments: kernelSets) func whatIsNoNumberStaysVisible(_ kernels: KernelChoice) {
    let result = softmax(kernels, [1, .nan, 2], rows: 1)
    #expect(result.logarithms[0].isNaN)
  }
}
