extension Arithmetic {
  /// One step of Adam (Kingma & Ba 2015) or, with `decay` above zero, AdamW (Loshchilov & Hutter
  /// 2019): `w −= decay · w`, then `w −= rate · m / (√(v · correction) + epsilon)`.
  ///
  /// The moments are `m = β₁ m + gain₁ g` and `v = β₂ v + gain₂ g²`; `gain` is 1 − β, formed in double
  /// precision by the caller, as is `rate`, which holds the first moment's bias correction.
  /// `correction` is that of the second, and `scale` multiplies every gradient (the clip).
  public static func adam(
    _ weights: inout MutableSpan<Float>, _ gradients: Span<Float>,
    first m: inout MutableSpan<Float>, second v: inout MutableSpan<Float>, scale: Float,
    rate: Float, correction: Float, beta1: Float, gain1: Float, beta2: Float, gain2: Float,
    epsilon: Float, decay: Float
  ) {
    let count = weights.count
    precondition(gradients.count == count, "one gradient per weight")
    precondition(m.count == count && v.count == count, "one pair of moments per weight")
    let keep = 1 - decay
    for i in 0..<count {
      let g = gradients[i] * scale
      let first = multiplyAdd(m[i], beta1, g * gain1)
      let second = multiplyAdd(v[i], beta2, g * g * gain2)
      m[i] = first
      v[i] = second
      weights[i] =
        weights[i] * keep - rate * first / ((second * correction).squareRoot() + epsilon)
    }
  }

  /// One step of RMSProp (Hinton 2012): `w −= rate · g / (√v + epsilon)`; `decay` is added to the
  /// gradient as `decay · w`.
  public static func rmsProp(
    _ weights: inout MutableSpan<Float>, _ gradients: Span<Float>,
    second v: inout MutableSpan<Float>, scale: Float, rate: Float, smoothing: Float,
    gain: Float, epsilon: Float, decay: Float
  ) {
    let count = weights.count
    precondition(gradients.count == count && v.count == count, "one gradient per weight")
    for i in 0..<count {
      let g = multiplyAdd(weights[i], decay, gradients[i] * scale)
      let second = multiplyAdd(v[i], smoothing, g * g * gain)
      v[i] = second
      weights[i] = weights[i] - rate * g / (second.squareRoot() + epsilon)
    }
  }

  /// One step of stochastic gradient descent with momentum: `b = momentum · b + g`, `w −= rate · b`;
  /// `decay` is added to the gradient as `decay · w`.
  public static func momentum(
    _ weights: inout MutableSpan<Float>, _ gradients: Span<Float>,
    velocity b: inout MutableSpan<Float>, scale: Float, rate: Float, momentum: Float, decay: Float
  ) {
    let count = weights.count
    precondition(gradients.count == count && b.count == count, "one gradient per weight")
    for i in 0..<count {
      let g = multiplyAdd(weights[i], decay, gradients[i] * scale)
      let velocity = multiplyAdd(b[i], momentum, g)
      b[i] = velocity
      weights[i] = multiplyAdd(velocity, -rate, weights[i])
    }
  }
}
