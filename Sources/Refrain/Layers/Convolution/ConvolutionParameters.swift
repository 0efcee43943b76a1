/// The weights and bias of a convolution, its products and gradients: one matrix for each tap, that of the step
/// itself first.
struct ConvolutionParameters {
  private let input: Activation
  /// Panels of outputs.
  private let outputs: Int
  /// The panels of one tap after those of another.
  private let weights: Panels
  /// The same as products read them.
  private let matrix: WeightMatrix
  private let bias: Panels
  private let dWeights: Panels
  private let dBias: Panels
  private let transposed: Panels

  init(prefix: String, input: Activation, plan: WorkspacePlan) {
    self.input = input
    (weights, dWeights) = plan.parameters[prefix + "weight"]
    (bias, dBias) = plan.parameters[prefix + "bias"]
    outputs = bias.count
    matrix = WeightMatrix(weights, plan.weights, plan.arena)
    transposed = plan.arena.panels(
      rows: input.hasGradient ? outputs * Panels.width : 0,
      count: weights.count / outputs * input.panels.count)
  }

  private var inputs: Int { input.panels.count }

  /// `values = b + W₀ x` for `rows`, or `values += Wⱼ x` for a later tap; `x` begins in row `first` of `source`.
  func multiply(
    into values: Panels, rows: Range<Int>, tap: Int, _ source: Panels, first: Int, _ pass: Pass
  ) {
    let product = WeightProduct(kernels: pass.kernels, weights: matrix, bias: bias)
    product.run(
      values, rows: rows, items: 0..<outputs,
      source.operand(first..<first + rows.count, panels: input.panels), stride: source.stride,
      accumulate: tap > 0, output: { $0 }, weight: { tap * outputs + $0 })
  }

  /// Of the input's gradient in `rows` what the sums from row `first` on ask for through one tap; the first tap
  /// sets it, the others add to it.
  func inputGradient(
    _ rows: Range<Int>, tap: Int, from gradient: Panels, first: Int, _ pass: Pass
  ) {
    let product = WeightProduct(kernels: pass.kernels, weights: .f32(transposed), bias: nil)
    product.run(
      input.gradient, rows: input.rows(rows, pass), items: input.panels,
      gradient.operand(first..<first + rows.count, panels: 0..<outputs), stride: gradient.stride,
      accumulate: tap > 0, output: { $0 }, weight: { tap * inputs + $0 })
  }

  // MARK: - The parameters' gradient

  /// Panels of outputs that one piece of the gradient covers.
  private static let group = 4
  private var groups: Int { (outputs + Self.group - 1) / Self.group }

  var gradientCount: Int { weights.count / outputs * groups }

  /// One piece of the gradient of `W` and `b` from that of the sums, of one tap.
  func gradient(_ item: Int, from gradient: Panels, _ state: ConvolutionState, _ pass: Pass) {
    let (tap, group) = item.quotientAndRemainder(dividingBy: groups)
    let panels = group * Self.group..<min((group + 1) * Self.group, outputs)
    for panel in panels {
      var span = dWeights.write(0..<dWeights.rows, panel: tap * outputs + panel)
      pass.kernels.clear(&span)
    }
    var (inHistory, read): ([RowPair], [RowPair]) = ([], [])
    state.forEachEarlier(0..<pass.rows, back: state.back(tap), pass) {
      isInHistory, first, rows in
      if isInHistory {
        inHistory.append(RowPair(first, rows.lowerBound, count: rows.count))
      } else {
        let own = input.rows(first..<first + rows.count, pass)
        read.append(RowPair(own.lowerBound, rows.lowerBound, count: rows.count))
      }
    }
    let weightGradient = WeightGradient(kernels: pass.kernels, gradient: dWeights)
    for (source, pairs) in [(state.history, inHistory), (input.values, read)] {
      weightGradient.run(
        input: source, inputPanels: inputs, dOutput: gradient, first: -tap * outputs,
        outputs: tap * outputs + panels.lowerBound..<tap * outputs + panels.upperBound,
        rows: pairs, accumulate: true)
    }
    if tap > 0 { return }
    for panel in panels {
      var sums = dBias.write(0..<1, panel: panel)
      pass.kernels.columnSums(&sums, gradient.read(0..<pass.rows, panel: panel))
    }
  }

  // MARK: - Transposed weights

  var transposeCount: Int { transposed.rows == 0 ? 0 : transposed.count }

  func transpose(_ item: Int, _ pass: Pass) {
    let (tap, panel) = item.quotientAndRemainder(dividingBy: inputs)
    let rows = panel * Panels.width..<(panel + 1) * Panels.width
    var span = transposed.write(0..<transposed.rows, panel: item)
    pass.kernels.transposeBlocks(
      &span, weights.operand(rows, panels: tap * outputs..<(tap + 1) * outputs),
      stride: weights.stride)
  }
}
