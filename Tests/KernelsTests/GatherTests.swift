import Foundation
import Refrain
import TestSupport
import Testing

/// Rows of a table by token, and their gradient.
struct GatherTests {
  @Test(arguments: kernelSets, edgeSizes)
  func gatheredRows(_ kernels: KernelChoice, rows: Int) {
    var random = ReferenceRandom(seed: UInt64(rows))
    let vocabulary = 11
    let table = random.floats(vocabulary * 16)
    let bias = random.floats(16)
    let indices = (0..<rows).map { _ in Int32.random(in: 0..<11, using: &random) }
    for bias in [[], bias] {
      var out = [Float](repeating: .nan, count: rows * 16)
      var span = out.mutableSpan
      kernels.kernels.gatherRows(
        &span, table: table.span, indices: indices.span, bias: bias.span)
      let expected = out.indices.map {
        table[Int(indices[$0 / 16]) * 16 + $0 % 16] + (bias.isEmpty ? 0 : bias[$0 % 16])
      }
      #expect(out == expected)
    }
  }

  @Test(arguments: kernelSets, edgeSizes)
  func rowsAreAddedWhereTheyCameFrom(_ kernels: KernelChoice, rows: Int) {
    var random = ReferenceRandom(seed: UInt64(50 + rows))
    let before = random.floats(3 * 16)
    let values = random.floats(rows * 16)
    // Few tokens: most rows of the table are added to more than once.
    let indices = (0..<rows).map { _ in Int32.random(in: 0..<3, using: &random) }
    var table = before
    var span = table.mutableSpan
    kernels.kernels.scatterAddRows(&span, rows: values.span, indices: indices.span)
    var expected = before.map(Double.init)
    for i in values.indices { expected[Int(indices[i / 16]) * 16 + i % 16] += Double(values[i]) }
    #expect(relativeError(table, expected) < 2e-6)
  }

  /// Of a table whose rows are three panels apart, each panel; the values are exact in half precision.
  @Test(arguments: kernelSets, edgeSizes)
  func gatheredHalves(_ kernels: KernelChoice, rows: Int) {
    var random = ReferenceRandom(seed: UInt64(90 + rows))
    let table = (0..<11 * 48).map { _ in Float(Int.random(in: -2048...2048, using: &random)) / 64 }
    let halves = table.map(halfPrecision)
    let indices = (0..<rows).map { _ in Int32.random(in: 0..<11, using: &random) }
    for column in [0, 16, 32] {
      let out = written([Float](repeating: .nan, count: rows * 16)) {
        kernels.kernels.gatherHalves(
          &$0, table: halves.span, stride: 48, column: column, indices: indices.span)
      }
      #expect(out == out.indices.map { table[Int(indices[$0 / 16]) * 48 + column + $0 % 16] })
    }
  }

  /// Every finite half, those below the normal range among them.
  @Test(arguments: kernelSets) func everyHalfHasItsValue(_ kernels: KernelChoice) {
    let halves = (0...UInt16.max).filter { $0 & 0x7c00 != 0x7c00 }
    let out = written([Float](repeating: .nan, count: halves.count)) {
      kernels.kernels.gatherHalves(
        &$0, table: halves.span, stride: 16, column: 0,
        indices: (0..<Int32(halves.count / 16)).map { $0 }.span)
    }
    let expected = halves.map { half -> Float in
      let (exponent, fraction) = (Int(half >> 10 & 31), Double(half & 1023))
      let value =
        exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * pow(2, Double(exponent - 25))
      return Float(half & 0x8000 == 0 ? value : -value)
    }
    #expect(bits(out) == bits(expected))
  }
}
