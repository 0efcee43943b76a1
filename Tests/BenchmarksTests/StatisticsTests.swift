import Comparison
import Testing

struct StatisticsTests {
  @Test(
    arguments: [([3], 3), ([9, 1, 2], 2), ([4, 1, 3, 2], 2.5), ([5, 5, 1, 9], 5)]
      as [([Double], Double)])
  func median(values: [Double], expected: Double) {
    #expect(values.median == expected)
  }

  @Test("A ratio is taken within a round: a machine that slows down for both changes nothing")
  func ratioWithinRounds() {
    let ratio = Ratio(of: [100, 50, 30], to: [40, 25, 10])
    #expect(ratio.median == 2.5)
    #expect(ratio.least == 2)
    #expect(ratio.most == 3)
  }
}
