/// What a convolution keeps between passes: the inputs of the last steps, those of all sequences at one
/// step next to each other, the oldest step first.
struct ConvolutionState: LayerState {
  let isKept: Bool
  let input: Activation
  /// Steps from one tap to the next.
  private let dilation: Int
  /// How many steps back the layer sees.
  let stepsBack: Int
  /// Zero where a sequence or its document had not begun. `[stepsBack · capacity]`
  let history: Panels
  /// Steps of the same document before each row, as far as the layer sees; only for passes inside which
  /// documents begin.
  let known: SharedRow<Int32>
  /// Sequences that there is room for.
  private let capacity: Int

  init(width: Int, dilation: Int, isKept: Bool, input: Activation, plan: WorkspacePlan) {
    self.isKept = isKept
    self.dilation = dilation
    stepsBack = (width - 1) * dilation
    self.input = input
    capacity = plan.batch
    history = plan.arena.panels(rows: plan.rows(ofEach: stepsBack), columns: input.size)
    known = plan.arena.row(of: Int32.self, count: stepsBack > 0 ? plan.rows : 0)
  }

  /// How many steps back tap `tap` sees.
  func back(_ tap: Int) -> Int { tap * dilation }

  var size: Int { stepsBack * input.size }
  var vectors: Int { 1 }

  func value(vector: Int, row: Int, column: Int) -> Float {
    history[column / input.size * capacity + row, column % input.size]
  }

  func set(vector: Int, row: Int, column: Int, to value: Float) {
    history[column / input.size * capacity + row, column % input.size] = value
  }

  var places: [(matrix: Panels, first: Int)] {
    (0..<stepsBack).map { (history, $0 * capacity) }
  }

  /// The row of what sequence `sequence` read `back` steps before the pass, 1 to ``stepsBack``.
  func row(back: Int, sequence: Int) -> Int { (stepsBack - back) * capacity + sequence }

  func carry(_ pass: Pass, _ share: ThreadShare) {
    for part in pass.groups.parts(of: 0..<pass.batch) {
      if !pass.hasPadding && !pass.hasStarts {
        carry(part, steps: pass.steps, known: stepsBack, pass, share)
        continue
      }
      for sequence in part.sequences {
        let steps = Int(pass.lengths[sequence])
        let last = pass.row(step: steps - 1, of: sequence)
        let known = pass.hasStarts ? Int(known[last]) + 1 : stepsBack
        for part in pass.groups.parts(of: sequence..<sequence + 1) {
          carry(part, steps: steps, known: known, pass, share)
        }
      }
    }
  }

  /// The last inputs of sequences of `steps` steps, of which `known` are of one document.
  private func carry(
    _ part: SequencePart, steps: Int, known: Int, _ pass: Pass, _ share: ThreadShare
  ) {
    let rows = { (back: Int) in
      let first = self.row(back: back, sequence: part.sequences.lowerBound)
      return first..<first + part.sequences.count
    }
    for panel in share.part(of: history.count) {
      // The oldest first: what was read before the pass moves to a place that is free by then.
      for back in stride(from: stepsBack, through: 1, by: -1) {
        var kept = history.write(rows(back), panel: panel)
        if back > known {
          pass.kernels.clear(&kept)
        } else if back <= steps {
          let own = input.rows(part.step(steps - back).rows, pass)
          pass.kernels.copy(&kept, input.values.read(own, panel: panel))
        } else {
          pass.kernels.copy(&kept, history.read(rows(back - steps), panel: panel))
        }
      }
    }
  }
}
