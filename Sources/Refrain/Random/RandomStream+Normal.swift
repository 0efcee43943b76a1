extension RandomStream {
  /// The next number of the normal distribution with mean 0 and deviation 1; it advances the stream by
  /// one.
  public mutating func normal() -> Float {
    // In the middle of one of 2^52 equal parts of 0…1, which is exact, so never 0 or 1.
    Float(normalQuantile((Double(next() >> 12) + 0.5) * 0x1p-52))
  }
}

/// The number that a normally distributed one stays below with probability `p`, above 0 and below 1.
///
/// The inverse of the distribution function by Acklam's rational approximations (2003), within 1.15 · 10⁻⁹
/// of its value: like all that chance decides, the same on every system.
package func normalQuantile(_ p: Double) -> Double {
  let lowest = 0.02425
  if p < lowest { return tail(p) }
  if p > 1 - lowest { return -tail(1 - p) }
  let q = p - 0.5
  let r = q * q
  let above = polynomial(
    r,
    [
      -3.969_683_028_665_376e+01, 2.209_460_984_245_205e+02, -2.759_285_104_469_687e+02,
      1.383_577_518_672_690e+02, -3.066_479_806_614_716e+01, 2.506_628_277_459_239e+00,
    ])
  let below = polynomial(
    r,
    [
      -5.447_609_879_822_406e+01, 1.615_858_368_580_409e+02, -1.556_989_798_598_866e+02,
      6.680_131_188_771_972e+01, -1.328_068_155_288_572e+01, 1,
    ])
  return q * above / below
}

/// Below the lowest and above the highest fortieth.
private func tail(_ p: Double) -> Double {
  let q = (-2 * naturalLogarithm(p)).squareRoot()
  let above = polynomial(
    q,
    [
      -7.784_894_002_430_293e-03, -3.223_964_580_411_365e-01, -2.400_758_277_161_838e+00,
      -2.549_732_539_343_734e+00, 4.374_664_141_464_968e+00, 2.938_163_982_698_783e+00,
    ])
  let below = polynomial(
    q,
    [
      7.784_695_709_041_462e-03, 3.224_671_290_700_398e-01, 2.445_134_137_142_996e+00,
      3.754_408_661_907_416e+00, 1,
    ])
  return above / below
}

/// The polynomial with these coefficients, that of the highest power first.
@inline(__always)
private func polynomial<let Count: Int>(
  _ x: Double, _ coefficients: InlineArray<Count, Double>
) -> Double {
  var sum = coefficients[0]
  for i in 1..<Count { sum = sum * x + coefficients[i] }
  return sum
}
