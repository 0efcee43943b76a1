extension MixtureHead {
  /// The mixture of one row.
  func mixture(row: Int, _ pass: Pass) -> FrameMixture {
    var logits = ComponentSums(count: components)
    for component in 0..<components { logits[component] = Double(weights[row, component]) }
    let shares = logits.softmax
    let columns = { (block: Int) in
      (0..<self.size).map { self.values[row, block * self.panels * Panels.width + $0] }
    }
    let past = history?.sum(row: row, pass) ?? [Float](repeating: 0, count: size)
    return FrameMixture(
      weights: (0..<components).map { Float(shares[$0]) },
      means: (0..<components).map { block in zip(columns(block), past).map { $0 + $1 } },
      logDeviations: (components..<2 * components).map(columns))
  }
}
