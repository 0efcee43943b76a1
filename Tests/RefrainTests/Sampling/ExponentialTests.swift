import Foundation
import Refrain
import Testing

@Test func exponentialIsWithinTwoUlps() {
  var worst = 0.0
  for i in 0...174_000 {
    let x = -Float(i) / 2_000
    let exact = Foundation.exp(Double(x))
    worst = max(worst, abs(Double(exponential(x)) - exact) / Double(Float(exact).ulp))
  }
  #expect(worst <= 2)
  #expect(exponential(0) == 1)
}

@Test(arguments: [-87.000_01, -1e10, -.greatestFiniteMagnitude, -.infinity, .nan] as [Float])
func exponentialIsZeroFarBelow(x: Float) {
  #expect(exponential(x) == 0)
}

@Test func naturalLogarithmIsWithinThreeUlps() {
  var worst = 0.0
  for i in 1..<20_000 {
    for x in [Double(i) / 7, Double(i) * 1e12, 1 / Double(i)] {
      // Close to 1 the logarithm is close to 0: there the error counts against the terms.
      let exact = Foundation.log(x)
      worst = max(worst, abs(naturalLogarithm(x) - exact) / max(abs(exact), 0.5).ulp)
    }
  }
  #expect(worst <= 3)
  #expect(naturalLogarithm(1) == 0)
}
