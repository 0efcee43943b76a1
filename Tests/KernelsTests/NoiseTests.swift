import Refrain
import TestSupport
import Testing

/// Noise: how it is distributed, and that nothing but its place decides it.
struct NoiseTests {
  /// The noise of `rows` rows from `first` on.
  private func noise(
    _ kernels: KernelChoice, rows: Int, first: Int = 0, amplitude: Float = 0.5, columns: Int = 16,
    stream: UInt32 = 1, step: UInt64 = 7, panel: Int = 2
  ) -> [Float] {
    let zeros = [Float](repeating: 0, count: rows * 16)
    return written([Float](repeating: .nan, count: rows * 16)) {
      kernels.kernels.addNoise(
        &$0, zeros.span, amplitude: amplitude, columns: columns, seed: 5, stream: stream,
        step: step, firstRow: first, panel: panel)
    }
  }

  @Test(arguments: kernelSets) func itIsUniform(_ kernels: KernelChoice) {
    let noise = noise(kernels, rows: 10_000)
    #expect(noise.allSatisfy { abs($0) <= 0.5 })
    let count = Double(noise.count)
    let mean = noise.reduce(0) { $0 + Double($1) } / count
    let variance = noise.reduce(0) { $0 + Double($1) * Double($1) } / count
    // Five standard deviations: 1/√12 of the range for a value, and 1/√180 for its square.
    #expect(abs(mean) < 5 * 0.2887 / count.squareRoot())
    #expect(abs(variance - 1 / 12) < 5 * 0.0745 / count.squareRoot())
    for tenth in 0..<10 {
      let share = noise.count { Int(($0 + 0.5) * 10) == tenth }
      #expect(abs(Double(share) / count - 0.1) < 5 * 0.3 / count.squareRoot())
    }
  }

  @Test(arguments: kernelSets, 1...16)
  func itIsAddedToTheColumnsThatCount(_ kernels: KernelChoice, columns: Int) {
    var random = ReferenceRandom(seed: UInt64(columns))
    for rows in edgeSizes {
      let x = random.floats(rows * 16)
      let noise = noise(kernels, rows: rows, first: 3)
      let moved = written([Float](repeating: .nan, count: rows * 16)) {
        kernels.kernels.addNoise(
          &$0, x.span, amplitude: 0.5, columns: columns, seed: 5, stream: 1, step: 7, firstRow: 3,
          panel: 2)
      }
      let expected = x.indices.map {
        Double(x[$0]) + ($0 % 16 < columns ? Double(noise[$0]) : 0)
      }
      #expect(relativeError(moved, expected) < 2e-7)
    }
  }

  @Test(arguments: kernelSets, edgeSizes)
  func anyDivisionOfTheRowsHasTheSameNoise(_ kernels: KernelChoice, rows: Int) {
    let whole = noise(kernels, rows: rows, first: 3)
    for first in 0...rows {
      let parts =
        noise(kernels, rows: first, first: 3)
        + noise(kernels, rows: rows - first, first: 3 + first)
      #expect(parts == whole)
    }
  }

  @Test(arguments: kernelSets) func eachPlaceHasItsOwn(_ kernels: KernelChoice) {
    let all = [
      noise(kernels, rows: 8), noise(kernels, rows: 8, first: 8),
      noise(kernels, rows: 8, stream: 2), noise(kernels, rows: 8, step: 8),
      noise(kernels, rows: 8, panel: 3),
    ]
    #expect(Set(all).count == all.count)
  }

  @Test func allKernelSetsHaveTheSame() {
    let all = kernelSets.map { noise($0, rows: 33) }
    #expect(all.allSatisfy { $0 == all[0] })
  }
}
