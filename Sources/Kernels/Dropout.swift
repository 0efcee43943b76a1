extension Arithmetic {
  /// A dropout mask for rows of sixteen units: 0 with probability `rate`, else `1 / (1 − rate)`.
  ///
  /// The bits come from Philox 4×32 with seven rounds (Salmon et al. 2011) of
  /// (row, block of four units, step, stream): no row's mask depends on which thread makes it.
  public static func dropoutMask(
    _ mask: inout MutableSpan<Float>, rate: Float, seed: UInt64, stream: UInt32, step: UInt64,
    firstRow: Int, panel: Int
  ) {
    precondition(rate >= 0 && rate < 1, "a dropout rate is at least 0 and less than 1")
    let keep = 1 / (1 - rate)
    let threshold = UInt32(Double(rate) * 4_294_967_296)
    for row in 0..<mask.count / panelWidth {
      for block in 0..<4 {
        let words = philox7(
          place(firstRow &+ row, panel, block, stream, step),
          UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed &>> 32))
        let at = row &* panelWidth &+ block &* 4
        for lane in 0..<4 { mask[at &+ lane] = words[lane] < threshold ? 0 : keep }
      }
    }
  }
}

extension Arithmetic {
  /// `out = x +` noise, uniform between minus and plus `amplitude`, in the first `columns` of sixteen
  /// columns; the random bits are those that a dropout mask of the same place would take.
  public static func addNoise(
    _ out: inout MutableSpan<Float>, _ x: Span<Float>, amplitude: Float, columns: Int,
    seed: UInt64, stream: UInt32, step: UInt64, firstRow: Int, panel: Int
  ) {
    precondition(out.count == x.count && x.count % panelWidth == 0, "both must hold the same rows")
    let scale = amplitude / 2_147_483_648
    for row in 0..<x.count / panelWidth {
      for block in 0..<4 {
        let words = philox7(
          place(firstRow &+ row, panel, block, stream, step),
          UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed &>> 32))
        let at = row &* panelWidth &+ block &* 4
        for lane in 0..<4 {
          let noise = Float(Int32(bitPattern: words[lane])) * scale
          out[at &+ lane] = x[at &+ lane] + (block &* 4 &+ lane < columns ? noise : 0)
        }
      }
    }
  }
}

/// The counter of four units' random bits.
@inline(always) private func place(
  _ row: Int, _ panel: Int, _ block: Int, _ stream: UInt32, _ step: UInt64
) -> SIMD4<UInt32> {
  SIMD4(
    UInt32(truncatingIfNeeded: row),
    UInt32(truncatingIfNeeded: panel &* 4 &+ block) | stream &<< 20,
    UInt32(truncatingIfNeeded: step), UInt32(truncatingIfNeeded: step &>> 32))
}

@inline(always) private func philox7(
  _ counter: SIMD4<UInt32>, _ key0: UInt32, _ key1: UInt32
) -> SIMD4<UInt32> {
  var x = counter
  var k0 = key0
  var k1 = key1
  for _ in 0..<7 {
    let a = UInt64(x.x) &* 0xd251_1f53
    let b = UInt64(x.z) &* 0xcd9e_8d57
    x = SIMD4(
      UInt32(truncatingIfNeeded: b &>> 32) ^ x.y ^ k0, UInt32(truncatingIfNeeded: b),
      UInt32(truncatingIfNeeded: a &>> 32) ^ x.w ^ k1, UInt32(truncatingIfNeeded: a))
    k0 = k0 &+ 0x9e37_79b9
    k1 = k1 &+ 0xbb67_ae85
  }
  return x
}
