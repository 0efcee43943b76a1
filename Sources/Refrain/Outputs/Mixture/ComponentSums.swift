/// One number per component of a mixture, without allocating.
struct ComponentSums {
  private var values = InlineArray<64, Double>(repeating: 0)
  let count: Int

  init(count: Int) {
    precondition(count <= MixtureOutput.componentLimit, "a mixture has few components")
    self.count = count
  }

  subscript(component: Int) -> Double {
    get { values[component] }
    set { values[component] = newValue }
  }

  /// The natural logarithm of the sum of all exponentials.
  var logSumExponentials: Double {
    var greatest = -Double.infinity
    for i in 0..<count { greatest = max(greatest, values[i]) }
    if !greatest.isFinite { return greatest }
    var sum = 0.0
    for i in 0..<count { sum += Double(exponential(Float(values[i] - greatest))) }
    return greatest + naturalLogarithm(sum)
  }

  /// The exponentials' shares of their sum.
  var softmax: ComponentSums {
    let total = logSumExponentials
    var shares = ComponentSums(count: count)
    for i in 0..<count { shares[i] = Double(exponential(Float(values[i] - total))) }
    return shares
  }
}
