/// One row for all steps of each sequence: what the layers above read, as the only step of a pass of their
/// own. What lies beyond a sequence's length does not count.
final class PoolingLayer: Layer {
  let output: Activation
  private let input: Activation
  private let pooling: StepPooling
  /// What is left to be given to the step that the greatest value came from. `[B]`
  private let left: Panels
  private let addsGradient: Bool

  /// - Parameter addsGradient: true where another layer has set the gradient of the one below before;
  ///   only of a mean.
  init(_ pooling: StepPooling, input: Activation, addsGradient: Bool = false, plan: WorkspacePlan) {
    precondition(!addsGradient || pooling == .mean, "only a mean shares its input")
    self.addsGradient = addsGradient
    self.pooling = pooling
    self.input = input
    output = plan.oneStep.activation(size: input.size, hasGradient: input.hasGradient)
    let keeps = pooling == .max && output.hasGradient
    left = plan.arena.panels(rows: keeps ? plan.batch : 0, columns: input.size)
  }

  /// Adjacent rows of one step, and the sequences that they are of.
  private typealias Rows = (step: Int, rows: Range<Int>, sequences: Range<Int>)

  /// All that counts, step after step, in pieces that are a thread's own.
  private func forEach(_ pass: Pass, _ share: ThreadShare, _ body: (Rows) -> Void) {
    for part in pass.groups.parts(of: share.part(of: pass.batch)) {
      for t in 0..<pass.steps {
        let rows = input.rows(part.step(t).rows, pass)
        if !pass.hasPadding {
          body((t, rows, part.sequences))
          continue
        }
        for (row, sequence) in zip(rows, part.sequences) where t < pass.lengths[sequence] {
          body((t, row..<row + 1, sequence..<sequence + 1))
        }
      }
    }
  }

  /// The last step that counts, of sequences that end together.
  private func isLast(_ at: Rows, _ pass: Pass) -> Bool {
    at.step == pass.lengths[at.sequences.lowerBound] - 1
  }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    forEach(pass, share) { at in
      for panel in output.panels {
        var values = output.values.write(at.sequences, panel: panel)
        let step = input.values.read(at.rows, panel: panel)
        switch pooling {
        case .last: if isLast(at, pass) { pass.kernels.copy(&values, step) }
        case .mean:
          if at.step == 0 { pass.kernels.clear(&values) }
          pass.kernels.addScaled(&values, step, factor: factor(at, pass))
        case .max:
          if at.step == 0 {
            pass.kernels.copy(&values, step)
          } else {
            pass.kernels.maximum(&values, step)
          }
        }
      }
    }
  }

  private func factor(_ at: Rows, _ pass: Pass) -> Float {
    1 / Float(pass.lengths[at.sequences.lowerBound])
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {
    if !input.hasGradient { return }
    if !addsGradient && (pooling == .last || pass.hasPadding) { clearGradient(pass, share) }
    forEach(pass, share) { at in
      for panel in output.panels {
        var gradient = input.gradient.write(at.rows, panel: panel)
        let dy = output.gradient.read(at.sequences, panel: panel)
        switch pooling {
        case .last: if isLast(at, pass) { pass.kernels.copy(&gradient, dy) }
        case .mean:
          if !addsGradient { pass.kernels.clear(&gradient) }
          pass.kernels.addScaled(&gradient, dy, factor: factor(at, pass))
        case .max:
          var left = left.write(at.sequences, panel: panel)
          if at.step == 0 { pass.kernels.copy(&left, dy) }
          pass.kernels.giveToMaximum(
            &gradient, left: &left, input.values.read(at.rows, panel: panel),
            maximum: output.values.read(at.sequences, panel: panel))
        }
      }
    }
  }

  private func clearGradient(_ pass: Pass, _ share: ThreadShare) {
    for part in pass.groups.parts(of: share.part(of: pass.batch)) {
      for t in 0..<pass.steps {
        for panel in output.panels {
          var gradient = input.gradient.write(input.rows(part.step(t).rows, pass), panel: panel)
          pass.kernels.clear(&gradient)
        }
      }
    }
  }
}
