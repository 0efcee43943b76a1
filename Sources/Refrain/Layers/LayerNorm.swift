/// Normalises the values of each step by their own mean and deviation (Ba, Kiros & Hinton 2016).
public struct LayerNorm: LayerConvertible {
  /// The layer it stands for.
  public let layer = LayerDescription.layerNorm
  /// Layer normalisation.
  public init() {}
}

extension LayerNorm: LayerKind {
  var inWords: String { "layer norm" }

  func parameters(_ place: LayerPlace) -> [ParameterTensor] {
    .normalisation(columns: place.inputs)
  }

  func engineLayer(_ site: LayerSite) -> (any Layer)? { LayerNormLayer(site) }
}

extension [ParameterTensor] {
  /// What scales and moves normalised values, each column by itself.
  static func normalisation(columns: Int) -> [ParameterTensor] {
    [
      .vector("weight", columns: columns, all: 1),
      .vector("bias", columns: columns, all: 0),
    ]
  }
}

/// Layer normalisation (Ba, Kiros & Hinton 2016): `y = (x − mean) / √(variance + ε) · weight + bias`, each row by
/// itself.
final class LayerNormLayer: Layer {
  let output: Activation
  private let input: Activation
  private let weight: Panels
  private let bias: Panels
  private let dWeight: Panels
  private let dBias: Panels
  /// Of each row the mean, and 1 / √(variance + ε).
  private let means: SharedRow<Float>
  private let inverses: SharedRow<Float>

  private static let epsilon: Float = 1e-5

  init(_ site: LayerSite) {
    let plan = site.plan
    input = site.input.activation
    output = plan.activation(size: input.size)
    (weight, dWeight) = plan.parameters[site.prefix + "weight"]
    (bias, dBias) = plan.parameters[site.prefix + "bias"]
    means = plan.arena.row(of: Float.self, count: plan.rows)
    inverses = plan.arena.row(of: Float.self, count: plan.rows)
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      let own = input.rows(rows, pass)
      measure(rows, own, pass)
      for panel in output.panels {
        var values = output.values.write(rows, panel: panel)
        pass.kernels.normalizeRows(
          &values, input.values.read(own, panel: panel), means: means.read(rows),
          inverses: inverses.read(rows), factors: weight.read(0..<1, panel: panel),
          offsets: bias.read(0..<1, panel: panel))
      }
    }
  }

  private func measure(_ rows: Range<Int>, _ own: Range<Int>, _ pass: Pass) {
    var (means, inverses) = (RowValues(repeating: 0), RowValues(repeating: 0))
    var meanSpan = means.mutableSpan
    var inverseSpan = inverses.mutableSpan
    pass.kernels.rowMoments(
      means: &meanSpan, inverses: &inverseSpan, input.values.operand(own, panels: input.panels),
      stride: input.values.stride, rows: rows.count, columns: input.size, epsilon: Self.epsilon)
    for (i, row) in rows.enumerated() {
      self.means[row] = meanSpan[i]
      self.inverses[row] = inverseSpan[i]
    }
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {
    if !input.hasGradient { return }
    for rows in RowPieces(pass, share) {
      let own = input.rows(rows, pass)
      var (gradients, products) = (RowValues(repeating: 0), RowValues(repeating: 0))
      var gradientSpan = gradients.mutableSpan
      var productSpan = products.mutableSpan
      pass.kernels.normalizedMeans(
        gradients: &gradientSpan, products: &productSpan,
        output.gradient.operand(rows, panels: output.panels), dyStride: output.gradient.stride,
        input.values.operand(own, panels: input.panels), xStride: input.values.stride,
        means: means.read(rows), inverses: inverses.read(rows),
        factors: weight.operand(0..<1, panels: input.panels), columns: input.size)
      for panel in output.panels {
        var gradient = input.gradient.write(own, panel: panel)
        pass.kernels.normalizeRowsBackward(
          &gradient, output.gradient.read(rows, panel: panel),
          input.values.read(own, panel: panel), means: means.read(rows),
          inverses: inverses.read(rows), factors: weight.read(0..<1, panel: panel),
          gradients: gradientSpan.span, products: productSpan.span,
          columns: input.columns(of: panel))
      }
    }
  }

  var gradientCount: Int { output.panels.count }

  func parameterGradient(_ panel: Int, _ pass: Pass) {
    let all = 0..<pass.rows
    let dy = output.gradient.read(all, panel: panel)
    var biasSums = dBias.write(0..<1, panel: panel)
    pass.kernels.columnSums(&biasSums, dy)
    var weightSums = dWeight.write(0..<1, panel: panel)
    pass.kernels.normalizedProducts(
      &weightSums, dy, input.values.read(input.rows(all, pass), panel: panel),
      means: means.read(all), inverses: inverses.read(all))
  }
}
