import Refrain
import TestSupport
import Testing

/// `C = start + A · B` in panels, against a sum in double precision and against itself.
struct ProductTests {
  /// The operands of one product.
  struct Operands {
    let rows: Int
    let panels: Int
    let stride: Int
    let a: [Float]
    /// Four panels of weights, `[16·panels, 16]` each.
    let b: [[Float]]
    let bias: [Float]
    /// What `C` holds before.
    let start: [Float]

    init(rows: Int, panels: Int, gap: Int = 0, using random: inout ReferenceRandom) {
      self.rows = rows
      self.panels = panels
      stride = (rows + gap) * 16
      a = random.floats(panels * stride)
      b = (0..<4).map { _ in random.floats(panels * 256) }
      bias = random.floats(16)
      start = random.floats(rows * 16)
    }

    func naive(_ panel: Int, start: (Int) -> Float) -> [Double] {
      (0..<rows * 16).map { index in
        let (row, column) = index.quotientAndRemainder(dividingBy: 16)
        var sum = Double(start(index))
        for k in 0..<panels * 16 {
          let left = a[k / 16 * stride + row * 16 + k % 16]
          sum += Double(left) * Double(b[panel][k * 16 + column])
        }
        return sum
      }
    }

    /// Rows `range` of the product with panel `panel`; they replace those rows of `c`.
    func run(
      _ kernels: KernelChoice, _ c: inout [Float], _ range: Range<Int>, panel: Int = 0,
      bias: [Float] = [], accumulate: Bool
    ) {
      var part = Array(c[range.lowerBound * 16..<range.upperBound * 16])
      var span = part.mutableSpan
      let weights = b[panel]
      kernels.kernels.multiplyPanel(
        &span, a.span.extracting(droppingFirst: range.lowerBound * 16), stride: stride,
        panels: panels, weights.span, bias: bias.span, accumulate: accumulate)
      c.replaceSubrange(range.lowerBound * 16..<range.upperBound * 16, with: part)
    }
  }

  @Test(arguments: kernelSets, edgeSizes)
  func everyStartIsAddedTo(_ kernels: KernelChoice, rows: Int) {
    for inner in edgeSizes {
      var random = ReferenceRandom(seed: UInt64(rows * 100 + inner))
      let operands = Operands(
        rows: rows, panels: Panels.needed(for: inner), gap: inner % 3, using: &random)
      var fromZero = operands.start
      operands.run(kernels, &fromZero, 0..<rows, accumulate: false)
      #expect(relativeError(fromZero, operands.naive(0) { _ in 0 }) < 2e-6)
      var fromBias = operands.start
      operands.run(kernels, &fromBias, 0..<rows, bias: operands.bias, accumulate: false)
      #expect(relativeError(fromBias, operands.naive(0) { operands.bias[$0 % 16] }) < 2e-6)
      var fromBefore = operands.start
      operands.run(kernels, &fromBefore, 0..<rows, accumulate: true)
      #expect(relativeError(fromBefore, operands.naive(0) { operands.start[$0] }) < 2e-6)
    }
  }

  /// 500 shapes: right, the same bits for any division of the rows, and for four panels at once.
  @Test(arguments: kernelSets, 0..<10)
  func shapesAtRandom(_ kernels: KernelChoice, part: Int) {
    for seed in part * 50..<part * 50 + 50 {
      var random = ReferenceRandom(seed: UInt64(seed))
      let operands = Operands(
        rows: .random(in: 1...70, using: &random), panels: .random(in: 1...40, using: &random),
        gap: .random(in: 0...3, using: &random), using: &random)
      var whole = operands.start
      operands.run(kernels, &whole, 0..<operands.rows, accumulate: true)
      #expect(relativeError(whole, operands.naive(0) { operands.start[$0] }) < 5e-6)

      var divided = operands.start
      var first = 0
      while first < operands.rows {
        let last = Int.random(in: first + 1...operands.rows, using: &random)
        operands.run(kernels, &divided, first..<last, accumulate: true)
        first = last
      }
      #expect(bits(divided) == bits(whole), "seed \(seed)")
    }
  }

  @Test(arguments: kernelSets, edgeSizes)
  func fourPanelsHaveTheBitsOfOne(_ kernels: KernelChoice, rows: Int) {
    for panels in [1, 2, 3, 17, 33] {
      var random = ReferenceRandom(seed: UInt64(rows * 1000 + panels))
      let operands = Operands(rows: rows, panels: panels, gap: panels % 2, using: &random)
      var c = [[Float]](repeating: operands.start, count: 4)
      multiplyFour(kernels, &c, operands)
      for panel in 0..<4 {
        for row in 0..<rows {
          var alone = operands.start
          operands.run(kernels, &alone, row..<row + 1, panel: panel, accumulate: true)
          let own = row * 16..<row * 16 + 16
          #expect(bits(Array(c[panel][own])) == bits(Array(alone[own])))
        }
        #expect(relativeError(c[panel], operands.naive(panel) { operands.start[$0] }) < 5e-6)
      }
    }
  }

  private func multiplyFour(
    _ kernels: KernelChoice, _ c: inout [[Float]], _ operands: Operands
  ) {
    var (c0, c1, c2, c3) = (c[0], c[1], c[2], c[3])
    var s0 = c0.mutableSpan
    var s1 = c1.mutableSpan
    var s2 = c2.mutableSpan
    var s3 = c3.mutableSpan
    let (b0, b1, b2, b3) = (operands.b[0], operands.b[1], operands.b[2], operands.b[3])
    kernels.kernels.multiplyFourPanels(
      &s0, &s1, &s2, &s3, operands.a.span, stride: operands.stride, panels: operands.panels,
      b0.span, b1.span, b2.span, b3.span)
    c = [c0, c1, c2, c3]
  }
}
