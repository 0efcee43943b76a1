// Branch-free, so that a plain loop becomes vector code, and without the system's mathematics library,
// whose last bits differ between systems. Phases are counted in turns: one turn is 2π.

/// Adding and subtracting 1.5 · 2²³ rounds to the nearest integer.
private let roundingShift: Float = 12_582_912

/// The phase between −½ and ½ turn that is a whole number of turns from `turns`.
@inline(always) func wrapped(_ turns: Float) -> Float {
  turns - ((turns + roundingShift) - roundingShift)
}

/// sin(2π · turns) within 2e-7, for less than a million turns.
@inline(always) func sine(turns: Float) -> Float {
  // The nearest half turn is taken off, and the sign turns with every odd one.
  let shifted = 2 * turns + roundingShift
  let x = (2 * turns - (shifted - roundingShift)) * Float.pi
  let square = x * x
  var p: Float = -2.505_210_84e-8
  p = p * square + 2.755_731_92e-6
  p = p * square - 1.984_126_98e-4
  p = p * square + 8.333_333_33e-3
  p = p * square - 1.666_666_67e-1
  p = p * square * x + x
  return Float(bitPattern: p.bitPattern ^ (shifted.bitPattern &<< 31))
}

/// cos(2π · turns) within 2e-7, for less than a million turns.
@inline(always) func cosine(turns: Float) -> Float { sine(turns: wrapped(turns) + 0.25) }

/// tanh(x) within 1e-4.
@inline(always) func hyperbolicTangent(_ x: Float) -> Float {
  // A continued fraction, which exceeds 1 beyond 4.97.
  let x = min(max(x, -4.97), 4.97)
  let square = x * x
  let above = x * (135_135 + square * (17_325 + square * (378 + square)))
  let below = 135_135 + square * (62_370 + square * (3150 + square * 28))
  return above / below
}

/// The natural logarithm of a positive normal number, within 2 units in the last place.
@inline(always) func naturalLogarithm(_ x: Float) -> Float {
  // x = m · 2ⁿ with m in √½…√2; then artanh's series in (m − 1) / (m + 1).
  let offset: UInt32 = 0x3f35_04f3
  let shifted = x.bitPattern &- offset
  let n = Float(Int32(bitPattern: shifted) &>> 23)
  let m = Float(bitPattern: (shifted & 0x007f_ffff) &+ offset)
  let s = (m - 1) / (m + 1)
  let square = s * s
  var p: Float = 1 / 9
  p = p * square + 1 / 7
  p = p * square + 1 / 5
  p = p * square + 1 / 3
  p = p * square * s + s
  return n * 0.693_147_18 + 2 * p
}
