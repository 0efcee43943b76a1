import Refrain
import TestSupport
import Testing

/// Dropout's masks: how many values they drop, and that nothing but their place decides which.
struct DropoutTests {
  /// The mask of `rows` rows from `first` on.
  private func mask(
    _ kernels: KernelChoice, rows: Int, first: Int = 0, rate: Float = 0.2, seed: UInt64 = 5,
    stream: UInt32 = 1, step: UInt64 = 7, panel: Int = 2
  ) -> [Float] {
    var mask = [Float](repeating: .nan, count: rows * 16)
    var span = mask.mutableSpan
    kernels.kernels.dropoutMask(
      &span, rate: rate, seed: seed, stream: stream, step: step, firstRow: first, panel: panel)
    return mask
  }

  @Test(arguments: kernelSets, [0, 0.1, 0.2, 0.5, 0.9, 0.999] as [Float])
  func theExpectedShareIsKept(_ kernels: KernelChoice, rate: Float) {
    let mask = mask(kernels, rows: 6_250, rate: rate)
    let count = Double(mask.count)
    let keep = 1 / (1 - rate)
    #expect(mask.allSatisfy { $0 == 0 || $0 == keep })
    let kept = Double(mask.count { $0 != 0 })
    let expected = count * (1 - Double(rate))
    // Five standard deviations, and one for rounding.
    let deviation = (count * Double(rate) * (1 - Double(rate))).squareRoot()
    #expect(abs(kept - expected) <= 5 * deviation + 1)
    let mean = mask.reduce(0) { $0 + Double($1) } / count
    #expect(abs(mean - 1) <= (5 * deviation + 1) / expected)
  }

  /// Each column and each row has its share too: no lane of the generator is special.
  @Test(arguments: kernelSets) func everyColumnHasItsShare(_ kernels: KernelChoice) {
    let mask = mask(kernels, rows: 10_000, rate: 0.5)
    for column in 0..<16 {
      let kept = stride(from: column, to: mask.count, by: 16).count { mask[$0] != 0 }
      #expect(abs(kept - 5_000) < 250, "column \(column)")
    }
    // Neighbours agree half of the time.
    for distance in [1, 4, 16, 64] {
      let agreeing = (0..<mask.count - distance).count { mask[$0] == mask[$0 + distance] }
      #expect(abs(Double(agreeing) / Double(mask.count) - 0.5) < 0.01, "distance \(distance)")
    }
  }

  @Test(arguments: kernelSets, edgeSizes)
  func anyDivisionOfTheRowsHasTheSameMask(_ kernels: KernelChoice, rows: Int) {
    let whole = mask(kernels, rows: rows, first: 3)
    for first in 0...rows {
      let parts =
        mask(kernels, rows: first, first: 3) + mask(kernels, rows: rows - first, first: 3 + first)
      #expect(parts == whole)
    }
  }

  @Test(arguments: kernelSets) func eachPlaceHasItsOwnMask(_ kernels: KernelChoice) {
    let masks = [
      mask(kernels, rows: 8), mask(kernels, rows: 8, first: 8), mask(kernels, rows: 8, seed: 6),
      mask(kernels, rows: 8, seed: 5 + 1 << 32), mask(kernels, rows: 8, stream: 2),
      mask(kernels, rows: 8, step: 8), mask(kernels, rows: 8, step: 7 + 1 << 32),
      mask(kernels, rows: 8, panel: 3),
    ]
    #expect(Set(masks).count == masks.count)
    #expect(mask(kernels, rows: 8) == masks[0])
  }

  /// Every set of kernels drops the same values, so a run does not depend on the processor for them.
  @Test func allKernelSetsHaveTheSameMasks() {
    let masks = kernelSets.map { mask($0, rows: 33) }
    #expect(masks.allSatisfy { $0 == masks[0] })
  }

  @Test(arguments: kernelSets) func masksFollowPhilox(_ kernels: KernelChoice) {
    let (seed, step) = (0x0123_4567_89ab_cdef as UInt64, 0x1_0000_0002 as UInt64)
    let mask = mask(
      kernels, rows: 4, first: 9, rate: 0.3, seed: seed, stream: 6, step: step, panel: 5)
    let expected = mask.indices.map { index -> Float in
      let (row, column) = index.quotientAndRemainder(dividingBy: 16)
      let words = naivePhilox(
        [UInt64(9 + row), UInt64(5 * 4 + column / 4) + 6 << 20, 2, 1],
        key: [0x89ab_cdef, 0x0123_4567], rounds: 7)
      return Double(words[column % 4]) < (Double(Float(0.3)) * 0x1p32).rounded(.down)
        ? 0 : 1 / (1 - 0.3)
    }
    #expect(mask == expected)
  }

  /// Philox 4×32 word for word as Salmon et al. (2011) define it.
  private func naivePhilox(_ counter: [UInt64], key: [UInt64], rounds: Int) -> [UInt64] {
    var (x, key) = (counter, key)
    let low = 0xffff_ffff as UInt64
    for _ in 0..<rounds {
      let (a, b) = (0xd251_1f53 * x[0], 0xcd9e_8d57 * x[2])
      x = [b >> 32 ^ x[1] ^ key[0], b & low, a >> 32 ^ x[3] ^ key[1], a & low]
      key = [(key[0] + 0x9e37_79b9) & low, (key[1] + 0xbb67_ae85) & low]
    }
    return x
  }
}
