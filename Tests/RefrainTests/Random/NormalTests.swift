import Foundation
import Refrain
import Testing

/// Normally distributed numbers.
struct NormalTests {
  /// Quantiles from tables.
  @Test(arguments: [
    (0.5, 0), (0.75, 0.674_489_750_196_082), (0.975, 1.959_963_984_540_054),
    (0.025, -1.959_963_984_540_054), (0.999, 3.090_232_306_167_814),
    (1e-10, -6.361_340_902_404_056),
  ])
  func knownQuantiles(_ p: Double, _ expected: Double) {
    #expect(abs(normalQuantile(p) - expected) <= 1.2e-9 * abs(expected))
  }

  /// Against the distribution function, from the farthest tail on, and over the borders of the three
  /// approximations.
  @Test func theInverseOfTheDistribution() {
    for step in 0...4_300 {
      let x = Double(step) / 100 - 37.5
      let p = erfc(-x / 2.0.squareRoot()) / 2
      if x > 5.5 { break }
      // Close to 1, p itself is only exact to 10⁻¹⁶.
      let rounding = x > 0 ? 1e-16 / (exp(-x * x / 2) / 2.506_628) : 0
      #expect(abs(normalQuantile(p) - x) <= 1.2e-9 * abs(x) + rounding + 1e-15, "\(x)")
    }
  }

  /// The stream's own extremes: its least and its greatest number.
  @Test func theEndsAreFinite() {
    let (low, high) = (normalQuantile(0x1p-53), normalQuantile(1 - 0x1p-53))
    #expect(low < -8.2 && low > -8.3 && high == -low)
  }

  @Test func momentsAndTails() {
    var stream = RandomStream(seed: 9, purpose: .noise)
    let count = 200_000
    let x = (0..<count).map { _ in Double(stream.normal()) }
    #expect(stream.position == UInt64(count))
    func moment(_ power: Double) -> Double {
      x.reduce(0) { $0 + pow($1, power) } / Double(count)
    }
    // Five standard deviations of each: the variances of x, x², x³ and x⁴ are 1, 2, 15 and 96.
    let unit = 5 / Double(count).squareRoot()
    #expect(abs(moment(1)) < unit)
    #expect(abs(moment(2) - 1) < unit * 2.0.squareRoot())
    #expect(abs(moment(3)) < unit * 15.0.squareRoot())
    #expect(abs(moment(4) - 3) < unit * 96.0.squareRoot())
    for (bound, share) in [(-3, 0.001_349_9), (-1.96, 0.024_998), (0, 0.5), (1, 0.841_345)] {
      let found = Double(x.count { $0 < bound }) / Double(count)
      #expect(abs(found - share) < unit * (share * (1 - share)).squareRoot())
    }
  }
}
