/// The bits of the nearest half-precision number, ties to even; what is too large becomes the largest.
package func halfPrecision(_ x: Float) -> UInt16 {
  let sign = UInt16(truncatingIfNeeded: x.bitPattern >> 16) & 0x8000
  let magnitude = min(abs(x), 65_504)
  // Below 2⁻¹⁴ halves are multiples of 2⁻²⁴.
  if magnitude < 0x1p-14 {
    return sign | UInt16((magnitude * 0x1p24).rounded(.toNearestOrEven))
  }
  let bits = magnitude.bitPattern
  let rounded = bits + 0xfff + (bits >> 13 & 1)
  return sign | UInt16(truncatingIfNeeded: (rounded - (112 << 23)) >> 13)
}
