/// `e` to the power of `x`, for `x` not above 0; exactly 0 where `x` is below -87 or not a number.
///
/// Written out so that a drawn token depends on no system library: only additions and
/// multiplications, each rounded once, and no branch, so that a loop over it can be vectorised. It
/// is within 2 units in the last place. The polynomial is the one of Moshier's Cephes library.
@inline(__always)
package func exponential(_ x: Float) -> Float {
  // 1.5 · 2^23: adding it leaves the nearest whole number in the lowest bits.
  let magic: Float = 12_582_912
  let shifted = x * 1.442_695_04 + magic
  let n = shifted - magic
  // ln 2 in two parts; the product with the first is exact.
  let r = (x - n * 0.693_359_375) + n * 2.121_944_4e-4
  var p: Float = 1.987_569_15e-4
  p = p * r + 1.398_199_95e-3
  p = p * r + 8.333_451_9e-3
  p = p * r + 4.166_579_6e-2
  p = p * r + 1.666_666_55e-1
  p = p * r + 0.5
  p = p * r * r + r + 1
  let power = Float(bitPattern: p.bitPattern &+ shifted.bitPattern << 23)
  return x >= -87 ? power : 0
}

/// The sigmoid of a logit, `1 / (1 + e⁻ˣ)`; exactly 1 or 0 where `e` to that power cannot be told from 0.
func probability(logit: Float) -> Float {
  let power = exponential(-abs(logit))
  return (logit < 0 ? power : 1) / (1 + power)
}

/// The natural logarithm of a positive, finite, normal `x`, within a few units in the last place.
///
/// With `x = 2^e · m` it is `e · ln 2 + 2 · artanh((m - 1) / (m + 1))`, the second by its series:
/// like ``exponential(_:)`` the same on every system.
package func naturalLogarithm(_ x: Double) -> Double {
  var e = Double(x.exponent)
  var m = x.significand
  if m > 1.414_213_562_373_095 {
    m /= 2
    e += 1
  }
  let s = (m - 1) / (m + 1)
  var series = 0.0
  for k in stride(from: 23.0, through: 1, by: -2) {
    series = series * s * s + 1 / k
  }
  return e * 0.693_147_180_559_945_3 + 2 * s * series
}
