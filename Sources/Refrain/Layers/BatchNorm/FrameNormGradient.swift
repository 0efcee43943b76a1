/// The gradient of a batch norm that normalises the frames themselves for a recurrent layer.
///
/// The layer computes `z = W y + c` from `y = x̂ · weight + bias`. Only the norm's parameters would need the
/// gradient of `y`, and of that only sums over all rows, which the gradients of `W` and `c` hold already:
///
///     Σ dyᵢ      = Σg Wgi · dcg
///     Σ dyᵢ · yᵢ = Σg Wgi · dWgi
///
/// So the layer above is spared a product as large as its own forward one.
struct FrameNormGradient {
  private let weights: Panels
  private let dWeights: Panels
  private let dBias: Panels

  /// - Parameter prefix: that of the parameters of the layer that reads the normalised frames.
  init(readerPrefix prefix: String, plan: WorkspacePlan) {
    (weights, dWeights) = plan.parameters[prefix + "weight_ih"]
    // A bias per gate; those of the gates that see the input come first.
    dBias = plan.parameters.vectors(from: prefix + "bias", count: weights.count).gradient
  }

  /// The sums of `dy` and of `dy · y` over all rows, for the sixteen columns of `panel`.
  func sums(_ panel: Int, _ kernels: any KernelSet.Type) -> (dy: Columns, dyy: Columns) {
    // Sixteen rows of weights, one per column of the norm, by sixteen gates.
    var products = InlineArray<256, Float>(repeating: 0)
    var (first, second, biases) = (products, products, products)
    var firstSpan = first.mutableSpan
    var secondSpan = second.mutableSpan
    var biasSpan = biases.mutableSpan
    var span = products.mutableSpan
    let rows = panel * Panels.width..<(panel + 1) * Panels.width
    for gates in 0..<weights.count {
      let block = weights.read(rows, panel: gates)
      kernels.multiply(&span, block, dWeights.read(rows, panel: gates))
      kernels.addScaled(&secondSpan, span.span, factor: 1)
      kernels.fill(&biasSpan, dBias.read(0..<1, panel: gates))
      kernels.multiply(&span, block, biasSpan.span)
      kernels.addScaled(&firstSpan, span.span, factor: 1)
    }
    var (dy, dyy) = (Columns(repeating: 0), Columns(repeating: 0))
    var dySpan = dy.mutableSpan
    var dyySpan = dyy.mutableSpan
    kernels.reduceSums(&dySpan, firstSpan.span)
    kernels.reduceSums(&dyySpan, secondSpan.span)
    return (dy, dyy)
  }

  typealias Columns = InlineArray<16, Float>
}
