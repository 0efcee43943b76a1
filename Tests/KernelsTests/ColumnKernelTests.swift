import Refrain
import TestSupport
import Testing

/// Arithmetic with one number per column against the same sums in double precision.
struct ColumnKernelTests {
  static let rows = edgeSizes + [500]

  /// Rows of sixteen values far from zero, as columns that batch normalisation is for.
  private func values(_ rows: Int, seed: UInt64) -> [Float] {
    var random = ReferenceRandom(seed: seed)
    return random.floats(rows * 16, in: 2...3)
  }

  private func sums(_ rows: Int, _ term: (_ index: Int, _ column: Int) -> Double) -> [Double] {
    (0..<16).map { column in
      (0..<rows).reduce(0) { $0 + term($1 * 16 + column, column) }
    }
  }

  @Test(arguments: kernelSets, rows)
  func sumsOfSquaredDifferences(_ kernels: KernelChoice, rows: Int) {
    let (x, mean) = (values(rows, seed: 1), values(1, seed: 2))
    let squares = written([Float](repeating: .nan, count: 16)) {
      kernels.kernels.columnSquares(&$0, x.span, mean: mean.span)
    }
    let expected = sums(rows) { index, column in
      let difference = Double(x[index]) - Double(mean[column])
      return difference * difference
    }
    #expect(relativeError(squares, expected) < 4e-6)
  }

  @Test(arguments: kernelSets, rows)
  func sumsOfProducts(_ kernels: KernelChoice, rows: Int) {
    let (x, dy, mean) = (values(rows, seed: 3), values(rows, seed: 4), values(1, seed: 5))
    let products = written([Float](repeating: .nan, count: 16)) {
      kernels.kernels.columnProducts(&$0, dy.span, x.span, mean: mean.span)
    }
    let expected = sums(rows) { Double(dy[$0]) * (Double(x[$0]) - Double(mean[$1])) }
    let magnitude = sums(rows) { abs(Double(dy[$0]) * (Double(x[$0]) - Double(mean[$1]))) }.max()!
    for (product, expected) in zip(products, expected) {
      #expect(abs(Double(product) - expected) < 4e-6 * magnitude)
    }
  }

  @Test(arguments: kernelSets, rows)
  func scaledColumnsTakenOff(_ kernels: KernelChoice, rows: Int) {
    let (x, y, factors) = (values(rows, seed: 11), values(rows, seed: 12), values(1, seed: 13))
    let rest = written(x) {
      kernels.kernels.subtractScaledColumns(&$0, y.span, factors: factors.span)
    }
    let expected = x.indices.map { Double(x[$0]) - Double(y[$0]) * Double(factors[$0 % 16]) }
    #expect(relativeError(rest, expected) < 2e-7)
  }

  @Test(arguments: kernelSets, rows)
  func scaledAndCombinedColumns(_ kernels: KernelChoice, rows: Int) {
    let (a, b) = (values(rows, seed: 6), values(rows, seed: 7))
    let (p, q, r) = (values(1, seed: 8), values(1, seed: 9), values(1, seed: 10))
    let empty = [Float](repeating: .nan, count: rows * 16)
    let scaled = written(empty) {
      kernels.kernels.scaleColumns(&$0, a.span, factors: p.span, offsets: q.span)
    }
    #expect(
      relativeError(
        scaled, a.indices.map { Double(a[$0]) * Double(p[$0 % 16]) + Double(q[$0 % 16]) }) < 2e-7)
    let combined = written(empty) {
      kernels.kernels.combineColumns(&$0, a.span, p.span, b.span, q.span, r.span)
    }
    let expected = a.indices.map {
      Double(a[$0]) * Double(p[$0 % 16]) + Double(b[$0]) * Double(q[$0 % 16]) + Double(r[$0 % 16])
    }
    #expect(relativeError(combined, expected) < 4e-7)
  }
}
