import Refrain
import TestSupport
import Testing

/// Rows of a table by token, and their gradient.
struct GatherTests {
  @Test(arguments: kernelSets, edgeSizes)
  func gatheredRows(_ kernels: KernelChoice, rows: Int) {
    var random = TwinRandom(seed: UInt64(rows))
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
    var random = TwinRandom(seed: UInt64(50 + rows))
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
}
