import Foundation
import Refrain
import TestSupport
import Testing

/// The kernels that go over values one by one, or add them up.
struct ElementwiseTests {
  @Test(arguments: kernelSets, edgeSizes + [0])
  func clearCopyMultiply(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(count))
    let (x, y) = (random.floats(count), random.floats(count))
    let kernels = kernels.kernels
    #expect(written(x) { kernels.clear(&$0) } == [Float](repeating: 0, count: count))
    #expect(written(x) { kernels.copy(&$0, y.span) } == y)
    #expect(
      written([Float](repeating: .nan, count: count)) {
        kernels.multiply(&$0, x.span, y.span)
      } == zip(x, y).map { $0 * $1 })
  }

  @Test(arguments: kernelSets, edgeSizes + [0])
  func subtractAndAddScaled(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(count))
    let (x, y) = (random.floats(count), random.floats(count))
    #expect(written(x) { kernels.kernels.subtract(&$0, y.span) } == zip(x, y).map { $0 - $1 })
    let sums = written(x) { kernels.kernels.addScaled(&$0, y.span, factor: 0.37) }
    let expected = zip(x, y).map { Double($0) + Double($1) * Double(Float(0.37)) }
    #expect(zip(sums, expected).allSatisfy { abs(Double($0) - $1) < 1.5e-7 })
  }

  /// Of several values the greatest, and its gradient goes to the first of equals.
  @Test(arguments: kernelSets, edgeSizes)
  func maximumAndItsGradient(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(count))
    let kernels = kernels.kernels
    let rows = (0..<3).map { _ in random.floats(count).map { ($0 * 4).rounded() } }
    var greatest = rows[0]
    for row in rows.dropFirst() { greatest = written(greatest) { kernels.maximum(&$0, row.span) } }
    #expect(greatest == (0..<count).map { i in rows.map { $0[i] }.max()! })
    let dy = random.floats(count)
    var left = dy
    for (number, row) in rows.enumerated() {
      let dx = written([Float](repeating: .nan, count: count)) { dx in
        var span = left.mutableSpan
        kernels.giveToMaximum(&dx, left: &span, row.span, maximum: greatest.span)
      }
      let expected = (0..<count).map { i in
        rows.firstIndex { $0[i] == greatest[i] } == number ? dy[i] : 0
      }
      #expect(dx == expected)
    }
    #expect(left.allSatisfy { $0 == 0 })
  }

  @Test(arguments: kernelSets, edgeSizes)
  func tanhAndItsGradient(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(count))
    let x = random.floats(count, in: -4...4)
    let dy = random.floats(count)
    let y = written(x) { kernels.kernels.tanhForward(&$0) }
    #expect(relativeError(y, x.map { tanh(Double($0)) }) < 2e-6)
    let dx = written(dy) { kernels.kernels.tanhBackward(&$0, output: y.span) }
    let expected = x.indices.map { i in
      centralDifference { Double(dy[i]) * tanh(Double(x[i]) + $0) }
    }
    #expect(relativeError(dx, expected) < 2e-5)
  }

  @Test(arguments: kernelSets, edgeSizes + [0])
  func reluAndItsGradient(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(count))
    var x = random.floats(count)
    if count > 1 { x[1] = 0 }
    let dy = random.floats(count)
    let y = written(x) { kernels.kernels.reluForward(&$0) }
    #expect(y == x.map { max($0, 0) })
    let dx = written(dy) { kernels.kernels.reluBackward(&$0, output: y.span) }
    #expect(dx == x.indices.map { x[$0] > 0 ? dy[$0] : 0 })
  }

  /// A training that diverges is noticed by what is not a number.
  @Test(arguments: kernelSets) func reluKeepsWhatIsNotANumber(_ kernels: KernelChoice) {
    let x = [Float](repeating: .nan, count: 33)
    #expect(written(x) { kernels.kernels.reluForward(&$0) }.allSatisfy { $0.isNaN })
  }

  @Test(arguments: kernelSets, edgeSizes + [0])
  func fillRepeatsTheBias(_ kernels: KernelChoice, rows: Int) {
    var random = ReferenceRandom(seed: UInt64(rows))
    let bias = random.floats(16)
    let before = random.floats(rows * 16)
    let biased = written(before) { kernels.kernels.fill(&$0, bias.span) }
    #expect(biased == before.indices.map { bias[$0 % 16] })
    let zeros = written(before) { kernels.kernels.fill(&$0, Span()) }
    #expect(zeros.allSatisfy { $0 == 0 })
  }

  @Test(arguments: kernelSets, edgeSizes + [0, 500])
  func columnSums(_ kernels: KernelChoice, rows: Int) {
    var random = ReferenceRandom(seed: UInt64(rows))
    let x = random.floats(rows * 16)
    let sums = written([Float](repeating: .nan, count: 16)) {
      kernels.kernels.columnSums(&$0, x.span)
    }
    let expected = (0..<16).map { column in
      (0..<rows).reduce(0) { $0 + Double(x[$1 * 16 + column]) }
    }
    #expect(relativeError(sums, expected) < 2e-6)
  }

  @Test(arguments: kernelSets, edgeSizes + [0, 15, 31, 4_095, 4_096])
  func sumOfSquares(_ kernels: KernelChoice, count: Int) {
    var random = ReferenceRandom(seed: UInt64(count))
    let x = random.floats(count)
    let expected = x.reduce(0) { $0 + Double($1) * Double($1) }
    #expect(relativeError([kernels.kernels.sumOfSquares(x.span)], [expected]) < 1e-6)
  }
}
