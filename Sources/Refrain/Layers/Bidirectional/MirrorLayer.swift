/// Each sequence from its end to its beginning: what a recurrent layer that reads backwards is given.
final class MirrorLayer: Layer {
  let output: Activation
  private let input: Activation

  init(input: Activation, plan: WorkspacePlan) {
    self.input = input
    output = plan.activation(size: input.size, hasGradient: input.hasGradient)
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      for panel in output.panels {
        var values = output.values.write(rows, panel: panel)
        pass.kernels.gatherRows(
          &values, table: input.values.read(input.rows(0..<pass.rows, pass), panel: panel),
          indices: pass.mirrored.read(rows), bias: Span())
      }
    }
  }

  /// Adds to the gradient of the layer that reads forwards.
  func backward(_ pass: Pass, _ share: ThreadShare) {
    if !input.hasGradient { return }
    // Each row of the input belongs to one row alone, so threads never meet in one.
    for rows in RowPieces(pass, share) {
      for panel in output.panels {
        var gradient = input.gradient.write(input.rows(0..<pass.rows, pass), panel: panel)
        pass.kernels.scatterAddRows(
          &gradient, rows: output.gradient.read(rows, panel: panel),
          indices: pass.mirrored.read(rows))
      }
    }
  }
}
