// Branch-free scalar functions: a plain loop that calls them becomes vector code. Nothing here comes
// from the system's mathematics library, whose last bits differ between systems.

/// `a * b + c`, fused where the target has the instruction.
@inline(always) func multiplyAdd(_ a: Float, _ b: Float, _ c: Float) -> Float {
  #if FMA || arch(arm64)
    c.addingProduct(a, b)
  #else
    a * b + c
  #endif
}

/// Adding and subtracting 1.5 · 2²³ rounds to the nearest integer, which then stands in the low bits.
private let roundingShift: Float = 12_582_912

/// eˣ within 1.5 ulp for x in −87…88; beyond, the value at that end.
@inline(always) func exponential(_ x: Float) -> Float {
  let x = max(min(x, 88), -87)
  let shifted = multiplyAdd(x, 1.442_695_04, roundingShift)
  let n = shifted - roundingShift
  // x − n·ln 2, with ln 2 in two parts so that nothing is lost.
  var r = multiplyAdd(n, -0.693_359_375, x)
  r = multiplyAdd(n, 2.121_944_4e-4, r)
  var p: Float = 1.987_569_15e-4
  p = multiplyAdd(p, r, 1.398_199_95e-3)
  p = multiplyAdd(p, r, 8.333_451_9e-3)
  p = multiplyAdd(p, r, 4.166_579_59e-2)
  p = multiplyAdd(p, r, 1.666_666_55e-1)
  p = multiplyAdd(p, r, 5.000_000_12e-1)
  p = multiplyAdd(p, r * r, r + 1)
  return p * Float(bitPattern: (shifted.bitPattern &+ 127) &<< 23)
}

/// 2^(x · scale), absolutely exact enough for `1 / (1 + …)`, and cheaper than ``exponential(_:)``.
@inline(always) private func powerOfTwo(_ x: Float, _ scale: Float) -> Float {
  let x = max(min(x * scale, 126), -126)
  let shifted = x + roundingShift
  let r = x - (shifted - roundingShift)
  var p: Float = 1.540_353_0e-4
  p = multiplyAdd(p, r, 1.333_355_8e-3)
  p = multiplyAdd(p, r, 9.618_129_1e-3)
  p = multiplyAdd(p, r, 5.550_410_9e-2)
  p = multiplyAdd(p, r, 2.402_265_1e-1)
  p = multiplyAdd(p, r, 6.931_471_8e-1)
  p = multiplyAdd(p, r, 1)
  return Float(bitPattern: p.bitPattern &+ (shifted.bitPattern &<< 23))
}

/// 1 / (1 + e⁻ˣ), within 1e-7.
@inline(always) func sigmoid(_ x: Float) -> Float { 1 / (1 + powerOfTwo(x, -1.442_695_04)) }

/// The hyperbolic tangent, within 2.5e-7 absolutely.
@inline(always) func hyperbolicTangent(_ x: Float) -> Float {
  2 / (1 + powerOfTwo(x, -2.885_390_08)) - 1
}

/// The natural logarithm of a positive normal number, within 2 ulp.
@inline(always) func naturalLogarithm(_ x: Float) -> Float {
  // x = m · 2ⁿ with m in √½…√2.
  let offset: UInt32 = 0x3f35_04f3
  let shifted = x.bitPattern &- offset
  let n = Float(Int32(bitPattern: shifted) &>> 23)
  let m = Float(bitPattern: (shifted & 0x007f_ffff) &+ offset) - 1
  var p: Float = 7.037_683_63e-2
  p = multiplyAdd(p, m, -1.151_461_03e-1)
  p = multiplyAdd(p, m, 1.167_699_87e-1)
  p = multiplyAdd(p, m, -1.242_014_08e-1)
  p = multiplyAdd(p, m, 1.424_932_28e-1)
  p = multiplyAdd(p, m, -1.666_805_77e-1)
  p = multiplyAdd(p, m, 2.000_071_48e-1)
  p = multiplyAdd(p, m, -2.499_999_40e-1)
  p = multiplyAdd(p, m, 3.333_333_12e-1)
  let square = m * m
  var y = p * m * square
  y = multiplyAdd(n, -2.121_944_4e-4, y)
  y = multiplyAdd(square, -0.5, y)
  return multiplyAdd(n, 0.693_359_375, m + y)
}

@inline(always) func applySigmoid(_ x: inout MutableSpan<Float>) {
  for i in 0..<x.count { x[i] = sigmoid(x[i]) }
}

@inline(always) func applyTanh(_ x: inout MutableSpan<Float>) {
  for i in 0..<x.count { x[i] = hyperbolicTangent(x[i]) }
}
