import Foundation
import Refrain
import Testing

@Suite struct RandomStreamTests {
  @Test func nextIsTheFirstHalfOfThePhiloxBlock() {
    var stream = RandomStream(
      seed: 0x0123_4567_89ab_cdef, purpose: .sampling, lane: 9, counter: 0x5_0000_0007)
    let block = Philox.block(
      counter: SIMD4(7, 5, RandomStream.Purpose.sampling.rawValue, 9),
      key: SIMD2(0x89ab_cdef, 0x0123_4567))
    #expect(stream.next() == UInt64(block[0]) | UInt64(block[1]) << 32)
    #expect(stream.position == 0x5_0000_0008)
  }

  @Test func aSavedStreamGoesOnWithTheNumberThatWasDue() throws {
    for n in 0..<2_000 {
      var stream = RandomStream(
        seed: UInt64.max - UInt64(n), purpose: .shuffling, counter: UInt64(n) << 40)
      for _ in 0..<n % 5 { _ = stream.next() }
      var restored = try JSONDecoder().decode(
        RandomStream.self, from: JSONEncoder().encode(stream))
      #expect(restored == stream)
      #expect(restored.next() == stream.next())
      #expect(restored.position == stream.position)
    }
  }

  @Test func thePositionWrapsAround() {
    var stream = RandomStream(seed: 1, purpose: .dropout, counter: .max)
    _ = stream.next()
    #expect(stream == RandomStream(seed: 1, purpose: .dropout))
  }

  @Test func seedsPurposesAndLanesAreDifferentStreams() {
    var first: Set<UInt64> = []
    for seed in 0..<20 as Range<UInt64> {
      for purpose in RandomStream.Purpose.allCases {
        for lane in 0..<5 as Range<UInt32> {
          var stream = RandomStream(seed: seed, purpose: purpose, lane: lane)
          first.insert(stream.next())
        }
      }
    }
    #expect(first.count == 20 * 5 * RandomStream.Purpose.allCases.count)
  }

  @Test func uniformNumbersFillTheirRangeEvenly() {
    var stream = RandomStream(seed: 7, purpose: .noise)
    var counts = [Int](repeating: 0, count: 64)
    for _ in 0..<32_000 {
      let single = stream.uniform()
      let double = stream.uniformDouble()
      #expect((0..<1).contains(single) && (0..<1).contains(double))
      counts[Int(single * 64)] += 1
      counts[Int(double * 64)] += 1
    }
    let chiSquared = counts.reduce(0.0) { $0 + (Double($1) - 1_000) * (Double($1) - 1_000) / 1_000 }
    // 63 degrees of freedom: 117.6 is exceeded once in 50,000 seeds.
    #expect(chiSquared < 117.6)
  }
}
