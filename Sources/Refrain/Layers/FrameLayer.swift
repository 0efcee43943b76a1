/// What a network of frames reads: the frames that the batch names. They have no gradient.
final class FrameLayer: Layer {
  let output: Activation

  init(size: Int, plan: WorkspacePlan) {
    output = plan.activation(size: size, hasGradient: false)
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      for panel in output.panels {
        var values = output.values.write(rows, panel: panel)
        pass.frames.gather(pass.tokens.read(rows), panel: panel, into: &values, pass.kernels)
      }
    }
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {}
}
