/// A learned vector for each token (Bengio et al. 2003).
final class EmbeddingLayer: Layer {
  let output: Activation
  private let table: Panels
  private let dTable: Panels

  init(size: Int, prefix: String, plan: WorkspacePlan) {
    (table, dTable) = plan.parameter(prefix + "weight")
    output = plan.activation(size: size)
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      for panel in output.panels {
        var values = output.values.write(rows, panel: panel)
        pass.kernels.gatherRows(
          &values, table: table.read(0..<table.rows, panel: panel),
          indices: pass.tokens.read(rows), bias: Span())
      }
    }
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {}

  var gradientCount: Int { output.panels.count }

  func parameterGradient(_ panel: Int, _ pass: Pass) {
    let rows = 0..<pass.rows
    var gradient = dTable.write(0..<dTable.rows, panel: panel)
    pass.kernels.clear(&gradient)
    pass.kernels.scatterAddRows(
      &gradient, rows: output.gradient.read(rows, panel: panel), indices: pass.tokens.read(rows))
  }
}
