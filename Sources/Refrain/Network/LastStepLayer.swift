/// The last step's rows: what the layers above read, as the only step of a pass of their own.
final class LastStepLayer: Layer {
  let output: Activation
  private let input: Activation

  init(input: Activation, plan: WorkspacePlan, memory: PanelMemory) {
    self.input = input
    output = plan.lastStep.activation(size: input.size, memory, hasGradient: input.hasGradient)
  }

  private func sequences(_ pass: Pass, _ share: ThreadShare) -> SequenceParts {
    pass.groups.parts(of: share.part(of: pass.batch))
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for part in sequences(pass, share) {
      let last = input.rows(part.step(pass.steps - 1).rows, pass)
      for panel in output.panels {
        var values = output.values.write(part.sequences, panel: panel)
        pass.kernels.copy(&values, input.values.read(last, panel: panel))
      }
    }
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {
    if !input.hasGradient { return }
    for part in sequences(pass, share) {
      for t in 0..<pass.steps {
        let rows = input.rows(part.step(t).rows, pass)
        for panel in output.panels {
          var gradient = input.gradient.write(rows, panel: panel)
          if t < pass.steps - 1 {
            pass.kernels.clear(&gradient)
          } else {
            pass.kernels.copy(&gradient, output.gradient.read(part.sequences, panel: panel))
          }
        }
      }
    }
  }
}
