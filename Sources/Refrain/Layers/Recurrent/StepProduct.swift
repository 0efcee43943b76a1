/// A matrix of weights that is multiplied by at every step: by what, and where the sums go.
struct StepProduct {
  let weights: Panels
  /// The same as products read them.
  let matrix: WeightMatrix
  /// Empty where nothing is trained.
  let transposed: Panels
  let gradient: Panels
  /// What is multiplied, a row per row of the pass.
  let seen: Panels
  /// The sums, in the same rows; on the way back their gradient.
  let sums: Panels

  /// `sums = W · seen + bias` for `rows`; or, with `accumulate`, `W · seen` added to what is there.
  func run(_ rows: Range<Int>, bias: Panels? = nil, accumulate: Bool = false, _ pass: Pass) {
    let product = WeightProduct(kernels: pass.kernels, weights: matrix, bias: bias)
    product.run(
      sums, rows: rows, items: 0..<sums.count,
      seen.operand(rows, panels: 0..<seen.count), stride: seen.stride, accumulate: accumulate,
      output: { $0 }, weight: { $0 })
  }

  /// The gradient of what was multiplied, from that of the sums of `rows`, becomes rows `places` of `gradient`,
  /// or is added to them.
  func inputGradient(
    _ gradient: Panels, at places: Range<Int>, from rows: Range<Int>, accumulate: Bool, _ pass: Pass
  ) {
    let product = WeightProduct(kernels: pass.kernels, weights: .f32(transposed), bias: nil)
    product.run(
      gradient, rows: places, items: 0..<gradient.count,
      sums.operand(rows, panels: 0..<sums.count), stride: sums.stride, accumulate: accumulate,
      output: { $0 }, weight: { $0 })
  }

  /// Panels `panels` of the weights' gradient, once that of all sums is there.
  func weightGradient(_ panels: Range<Int>, _ pass: Pass) {
    WeightGradient(kernels: pass.kernels, gradient: gradient).run(
      input: seen, inputPanels: seen.count, dOutput: sums, first: 0, outputs: panels,
      rows: [RowPair(0, 0, count: pass.rows)])
  }
}

extension StepProduct {
  /// A product with the network's matrix called `name`.
  init(_ name: String, seen: Panels, sums: Panels, plan: WorkspacePlan) {
    (weights, gradient) = plan.parameters[name]
    matrix = WeightMatrix(weights, plan.weights, plan.arena)
    transposed = plan.arena.panels(
      rows: plan.trains ? weights.count * Panels.width : 0, count: weights.rows / Panels.width)
    self.seen = seen
    self.sums = sums
  }
}
