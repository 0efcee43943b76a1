import Refrain
import TestSupport
import Testing

/// Products with weights of two bytes and of one, against a sum in double precision.
struct CompactProductTests {
  /// The operands of one product, and the weights as they are meant.
  private struct Operands {
    let rows: Int
    let panels: Int
    let stride: Int
    let a: [Float]
    let halves: [UInt16]
    let bytes: [Int8]
    let scales: [Float]
    let bias: [Float]
    let start: [Float]

    init(rows: Int, panels: Int, gap: Int) {
      var random = ReferenceRandom(seed: UInt64(rows * 100 + panels))
      self.rows = rows
      self.panels = panels
      stride = (rows + gap) * 16
      a = random.floats(panels * stride)
      halves = random.floats(panels * 256).map { Float16($0).bitPattern }
      bytes = (0..<panels * 256).map { _ in Int8.random(in: -127...127, using: &random) }
      scales = random.floats(16)
      bias = random.floats(16)
      start = random.floats(rows * 16)
    }

    func naive(start: (Int) -> Float, weight: (_ k: Int, _ column: Int) -> Float) -> [Double] {
      (0..<rows * 16).map { index in
        let (row, column) = index.quotientAndRemainder(dividingBy: 16)
        return (0..<panels * 16).reduce(Double(start(index))) { sum, k in
          sum + Double(a[k / 16 * stride + row * 16 + k % 16]) * Double(weight(k, column))
        }
      }
    }

    /// Rows `range` of the product; with `bytes`, of the weights of one byte.
    func product(
      _ kernels: KernelChoice, _ range: Range<Int>, bytes isBytes: Bool, bias: [Float] = [],
      accumulate: Bool
    ) -> [Float] {
      var c = Array(start[range.lowerBound * 16..<range.upperBound * 16])
      var span = c.mutableSpan
      let left = a.span.extracting(droppingFirst: range.lowerBound * 16)
      if isBytes {
        kernels.kernels.multiplyPanelOfBytes(
          &span, left, stride: stride, panels: panels, bytes.span, scales: scales.span,
          bias: bias.span, accumulate: accumulate)
      } else {
        kernels.kernels.multiplyPanelOfHalves(
          &span, left, stride: stride, panels: panels, halves.span, bias: bias.span,
          accumulate: accumulate)
      }
      return c
    }

    func weight(bytes isBytes: Bool) -> (Int, Int) -> Float {
      { k, column in
        isBytes
          ? Float(bytes[k * 16 + column]) * scales[column]
          : Float(Float16(bitPattern: halves[k * 16 + column]))
      }
    }
  }

  @Test(arguments: kernelSets, edgeSizes)
  func everyStartIsAddedTo(_ kernels: KernelChoice, rows: Int) {
    for (panels, isBytes) in [
      (1, false), (3, false), (33, false), (1, true), (3, true), (33, true),
    ] {
      let operands = Operands(rows: rows, panels: panels, gap: panels % 2)
      let weight = operands.weight(bytes: isBytes)
      let all = 0..<rows
      #expect(
        relativeError(
          operands.product(kernels, all, bytes: isBytes, accumulate: false),
          operands.naive(start: { _ in 0 }, weight: weight)) < 3e-6)
      #expect(
        relativeError(
          operands.product(kernels, all, bytes: isBytes, bias: operands.bias, accumulate: false),
          operands.naive(start: { operands.bias[$0 % 16] }, weight: weight)) < 3e-6)
      #expect(
        relativeError(
          operands.product(kernels, all, bytes: isBytes, accumulate: true),
          operands.naive(start: { operands.start[$0] }, weight: weight)) < 3e-6)
    }
  }

  /// Threads divide rows; what a row is must not depend on how.
  @Test(arguments: kernelSets, [false, true])
  func aRowAloneHasTheSameBits(_ kernels: KernelChoice, isBytes: Bool) {
    let operands = Operands(rows: 13, panels: 5, gap: 2)
    let whole = operands.product(kernels, 0..<13, bytes: isBytes, accumulate: true)
    let alone = (0..<13).flatMap {
      operands.product(kernels, $0..<$0 + 1, bytes: isBytes, accumulate: true)
    }
    #expect(bits(alone) == bits(whole))
  }

  /// Every finite half-precision number: the identity times a block of them is the block.
  @Test(arguments: kernelSets) func everyHalfIsRead(_ kernels: KernelChoice) {
    let identity = (0..<256).map { Float($0 / 16 == $0 % 16 ? 1 : 0) }
    for first in stride(from: UInt32(0), to: 1 << 16, by: 256) {
      let halves = (first..<first + 256).map { UInt16($0) }
      if halves.contains(where: { !Float16(bitPattern: $0).isFinite }) { continue }
      var product = [Float](repeating: 1, count: 256)
      var span = product.mutableSpan
      kernels.kernels.multiplyPanelOfHalves(
        &span, identity.span, stride: 256, panels: 1, halves.span, bias: [Float]().span,
        accumulate: false)
      #expect(product == halves.map { Float(Float16(bitPattern: $0)) })
    }
  }
}
