/// The weights and bias of a dense layer, its products and gradients.
struct DenseParameters {
  let input: Activation
  private let weights: Panels
  /// The same as products read them.
  private let matrix: WeightMatrix
  /// Nil where there is none.
  private let bias: Panels?
  private let dWeights: Panels
  private let dBias: Panels?
  private let transposed: Panels

  init(prefix: String, input: Activation, plan: WorkspacePlan) {
    self.input = input
    (weights, dWeights) = plan.parameters[prefix + "weight"]
    matrix = WeightMatrix(weights, plan.weights, plan.arena)
    let hasBias = plan.parameters.contains(prefix + "bias")
    let biases = hasBias ? plan.parameters[prefix + "bias"] : nil
    (bias, dBias) = (biases?.values, biases?.gradient)
    transposed = plan.arena.panels(
      rows: input.hasGradient ? weights.count * Panels.width : 0, columns: input.size)
  }

  /// `values = W x + b` for `rows`; with `accumulate`, `W x` is added to what is there.
  func multiply(
    into values: Panels, rows: Range<Int>, _ pass: Pass, accumulate: Bool = false
  ) {
    let product = WeightProduct(kernels: pass.kernels, weights: matrix, bias: bias)
    product.run(
      values, rows: rows, items: 0..<weights.count,
      input.values.operand(input.rows(rows, pass), panels: input.panels),
      stride: input.values.stride, accumulate: accumulate, output: { $0 }, weight: { $0 })
  }

  /// The gradient of `x` from that of `W x + b`, if it is needed; with `accumulate`, added to what is
  /// there.
  func inputGradient(
    from gradient: Panels, rows: Range<Int>, _ pass: Pass, accumulate: Bool = false
  ) {
    if !input.hasGradient { return }
    let product = WeightProduct(kernels: pass.kernels, weights: .f32(transposed), bias: nil)
    product.run(
      input.gradient, rows: input.rows(rows, pass), items: input.panels,
      gradient.operand(rows, panels: 0..<weights.count), stride: gradient.stride,
      accumulate: accumulate, output: { $0 }, weight: { $0 })
  }

  /// Panels of outputs that one piece of the gradient covers.
  private static let group = 4

  var gradientCount: Int { (weights.count + Self.group - 1) / Self.group }

  /// One piece of the gradient of `W` and `b` from that of `W x + b`, plus `weightDecay · W`.
  func gradient(
    _ item: Int, from gradient: Panels, _ pass: Pass, weightDecay: Float = 0
  ) {
    let panels = item * Self.group..<min((item + 1) * Self.group, weights.count)
    WeightGradient(kernels: pass.kernels, gradient: dWeights).run(
      input: input.values, inputPanels: input.panels.count, dOutput: gradient, first: 0,
      outputs: panels, rows: [input.pair(pass)])
    if weightDecay > 0 {
      for panel in panels {
        var span = dWeights.write(0..<dWeights.rows, panel: panel)
        pass.kernels.addScaled(
          &span, weights.read(0..<weights.rows, panel: panel), factor: weightDecay)
      }
    }
    guard let dBias else { return }
    for panel in panels {
      var sums = dBias.write(0..<1, panel: panel)
      pass.kernels.columnSums(&sums, gradient.read(0..<pass.rows, panel: panel))
    }
  }

  var transposeCount: Int { transposed.rows == 0 ? 0 : transposed.count }

  func transpose(_ item: Int, _ pass: Pass) { transposePanel(item, weights, transposed, pass) }
}

extension [ParameterTensor] {
  /// Weights, drawn for so many inputs, and biases, for each of `blocks`.
  static func dense(
    _ prefix: String = "", inputs: Int, outputs: Int, blocks: [Int] = [0], hasBias: Bool = true
  ) -> [ParameterTensor] {
    let range = 1 / Float(inputs).squareRoot()
    var tensors: [ParameterTensor] = [
      .matrix(prefix + "weight", blocks: blocks, columns: outputs, rows: inputs, range: range)
    ]
    if hasBias {
      tensors.append(.vector(prefix + "bias", blocks: blocks, columns: outputs, range: range))
    }
    return tensors
  }
}
