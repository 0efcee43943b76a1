extension Arithmetic {
  /// One round of the Mogrifier, for one panel over some rows: a vector is altered by another (Melis,
  /// Kočiský & Blunsom 2020).
  ///
  /// In: the factors before their nonlinearity, a product with the other vector, and the vector. Out:
  /// the factors `2σ`, between 0 and 2, in their place, and `altered = factors · vector`. Every span
  /// holds `[rows, 16]`.
  public static func mogrifyForward(
    factors: inout MutableSpan<Float>, vector: Span<Float>, altered: inout MutableSpan<Float>
  ) {
    let count = altered.count
    precondition(factors.count == count, "factors and altered vector must be equally long")
    precondition(vector.count == count, "a vector is as long before as after")
    applySigmoid(&factors)
    for j in 0..<count {
      let factor = 2 * factors[j]
      factors[j] = factor
      altered[j] = factor * vector[j]
    }
  }

  /// The gradient of ``mogrifyForward(factors:vector:altered:)``.
  ///
  /// In: what it left, and in `gradient` that of the altered vector. Out: the gradient before the
  /// nonlinearity in the factors' place, and in `gradient` the direct part of that of the vector before.
  public static func mogrifyBackward(
    factors: inout MutableSpan<Float>, vector: Span<Float>, gradient: inout MutableSpan<Float>
  ) {
    let count = gradient.count
    precondition(factors.count == count, "factors and gradient must be equally long")
    precondition(vector.count == count, "vector and gradient must be equally long")
    for j in 0..<count {
      let factor = factors[j]
      let d = gradient[j] * factor
      gradient[j] = d
      // Of 2σ the derivative is 2σ · (1 − σ).
      factors[j] = d * vector[j] * (1 - 0.5 * factor)
    }
  }
}
