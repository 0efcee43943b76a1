import Refrain
import TestSupport
import Testing

/// `C (+)= Aᵀ · B` over rows, and the transposed weights that the way back needs.
struct GradientProductTests {
  @Test(arguments: kernelSets, edgeSizes + [0, 15, 18, 32, 48, 192])
  func rowsAroundTheTiles(_ kernels: KernelChoice, rows: Int) {
    for accumulate in [false, true] { check(kernels, rows: rows, accumulate, seed: 1) }
  }

  @Test(arguments: kernelSets, 0..<10)
  func shapesAtRandom(_ kernels: KernelChoice, part: Int) {
    for seed in part * 50..<part * 50 + 50 {
      var random = ReferenceRandom(seed: UInt64(seed))
      check(
        kernels, rows: .random(in: 1...200, using: &random), .random(using: &random),
        seed: UInt64(1000 + seed))
    }
  }

  /// Rows in two parts, as a long batch is added up, sum in the same order as rows in one.
  @Test(arguments: kernelSets, edgeSizes)
  func partsHaveTheBitsOfTheWhole(_ kernels: KernelChoice, rows: Int) {
    var random = ReferenceRandom(seed: UInt64(rows))
    let (a, b) = (random.floats(rows * 16), random.floats(rows * 16))
    var whole = [Float](repeating: .nan, count: 256)
    multiply(kernels, &whole, a, b, accumulate: false)
    for first in 0...rows {
      var parts = [Float](repeating: .nan, count: 256)
      multiply(
        kernels, &parts, Array(a[..<(first * 16)]), Array(b[..<(first * 16)]), accumulate: false)
      multiply(
        kernels, &parts, Array(a[(first * 16)...]), Array(b[(first * 16)...]), accumulate: true)
      #expect(bits(parts) == bits(whole))
    }
  }

  @Test(arguments: kernelSets, [1, 2, 3, 5])
  func transposedBlocks(_ kernels: KernelChoice, blocks: Int) {
    var random = ReferenceRandom(seed: UInt64(blocks))
    let stride = 256 + 16 * blocks
    let x = random.floats(blocks * stride)
    var out = [Float](repeating: .nan, count: blocks * 256)
    var span = out.mutableSpan
    kernels.kernels.transposeBlocks(&span, x.span, stride: stride)
    let expected = out.indices.map { index in
      let (block, place) = index.quotientAndRemainder(dividingBy: 256)
      return x[block * stride + place % 16 * 16 + place / 16]
    }
    #expect(out == expected)
  }

  private func check(_ kernels: KernelChoice, rows: Int, _ accumulate: Bool, seed: UInt64) {
    var random = ReferenceRandom(seed: seed)
    let (a, b, start) = (
      random.floats(rows * 16), random.floats(rows * 16), random.floats(256)
    )
    let expected = (0..<256).map { index in
      let (i, j) = index.quotientAndRemainder(dividingBy: 16)
      return (0..<rows).reduce(accumulate ? Double(start[index]) : 0) { sum, row in
        sum + Double(a[row * 16 + i]) * Double(b[row * 16 + j])
      }
    }
    var c = start
    multiply(kernels, &c, a, b, accumulate: accumulate)
    #expect(relativeError(c, expected) < 5e-6, "\(rows) rows")
  }

  private func multiply(
    _ kernels: KernelChoice, _ c: inout [Float], _ a: [Float], _ b: [Float], accumulate: Bool
  ) {
    var span = c.mutableSpan
    kernels.kernels.multiplyTransposed(&span, a.span, b.span, accumulate: accumulate)
  }
}
