/// What a network expects of the next frame: a mixture of Gaussian distributions over all its values.
public struct FrameMixture: Sendable, Equatable {
  /// The probability of each component; they sum to 1. `[K]`
  public let weights: [Float]
  /// Each component's expected frame. `[K][D]`
  public let means: [[Float]]
  /// How far each value strays from its mean: standard deviations, above 0. `[K][D]`
  public let deviations: [[Float]]

  /// The least variance, as in the kernel that a mixture's loss comes from.
  private static let leastVariance: Float = 1e-4

  init(
    weights: [Float], means: [[Float]], logDeviations: [[Float]]
  ) {
    self.weights = weights
    self.means = means
    deviations = logDeviations.map { logarithms in
      logarithms.map { (Self.square(of: $0) + Self.leastVariance).squareRoot() }
    }
  }

  /// `e^(2x)`, by the exponential of numbers below 0.
  private static func square(of x: Float) -> Float {
    x > 0 ? 1 / exponential(max(-2 * x, -80)) : exponential(2 * x)
  }

  /// The mean of the whole mixture. `[D]`
  public var mean: [Float] {
    var sum = [Float](repeating: 0, count: means[0].count)
    for (weight, values) in zip(weights, means) {
      for i in sum.indices { sum[i] += weight * values[i] }
    }
    return sum
  }

  /// Draws a frame: a component first, then every value around its mean.
  ///
  /// - Parameters:
  ///   - temperature: 0 or more; deviations are multiplied by it, and the components' weights raised to its
  ///     inverse: at 0 the likeliest component's mean.
  ///   - random: the random numbers that decide the frame.
  public func draw(temperature: Float, using random: inout RandomStream) -> [Float] {
    precondition(temperature >= 0 && temperature.isFinite, "a temperature is 0 or more")
    let component = drawComponent(temperature: temperature, using: &random)
    var values = means[component]
    if temperature == 0 { return values }
    for i in values.indices {
      values[i] += temperature * deviations[component][i] * random.normal()
    }
    return values
  }

  private func drawComponent(temperature: Float, using random: inout RandomStream) -> Int {
    var best = 0
    for i in weights.indices where weights[i] > weights[best] { best = i }
    if temperature == 0 { return best }
    let most = naturalLogarithm(Double(max(weights[best], .leastNormalMagnitude)))
    let shares = weights.map { weight -> Double in
      if weight < .leastNormalMagnitude { return 0 }
      let difference = (naturalLogarithm(Double(weight)) - most) / Double(temperature)
      return Double(exponential(Float(difference)))
    }
    let target = random.uniformDouble() * shares.reduce(0, +)
    var sum = 0.0
    for (component, share) in shares.enumerated() {
      sum += share
      if sum > target { return component }
    }
    return best
  }
}
