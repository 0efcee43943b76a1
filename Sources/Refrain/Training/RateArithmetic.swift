// What the learning rate is made of, from additions and products only: the C library's functions
// differ in their last bits from system to system, and with them every weight would.

/// `base` to the power of a whole number, 0 or more.
func power(_ base: Double, _ exponent: Int) -> Double {
  var result = 1.0
  var square = base
  var rest = exponent
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}

/// The cosine of π · `x`, for `x` in 0...1.
func cosine(halfTurns x: Double) -> Double {
  if x > 0.5 { return -cosine(halfTurns: 1 - x) }
  let square = (.pi * x) * (.pi * x)
  var term = 1.0
  var sum = 1.0
  // The thirteenth term is below 1e-21 for all angles up to a right one.
  for n in 1...12 {
    term *= -square / Double((2 * n - 1) * (2 * n))
    sum += term
  }
  return sum
}
