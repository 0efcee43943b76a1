/// Philox 4x32-10: a random generator without a state.
///
/// A block of four random words is a pure function of a counter and a key, so any number of a stream
/// can be computed at once, in any order, by any thread, and comes out the same.
///
/// Salmon, Moraes, Dror and Shaw, *Parallel random numbers: as easy as 1, 2, 3* (2011), section 3.3.
public enum Philox {
  /// The block of four independent words, each uniform over all 32-bit values, that belongs to
  /// `counter` under `key`.
  @inlinable
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var x = counter
    var k = key
    for _ in 0..<10 {
      let a = UInt64(x[0]) * 0xD251_1F53
      let b = UInt64(x[2]) * 0xCD9E_8D57
      x = SIMD4(
        UInt32(truncatingIfNeeded: b >> 32) ^ x[1] ^ k[0], UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a >> 32) ^ x[3] ^ k[1], UInt32(truncatingIfNeeded: a))
      k &+= SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return x
  }
}
