/// Documents that begin inside a pass: their first step sees a state of zero, and its gradient ends
/// there.
extension RecurrentLayer {
  /// The matrices that hold the state before each row of the pass.
  func previousStates(_ pass: Pass) -> PreviousStates {
    pass.hasStarts
      ? PreviousStates(output: maskedOutput, cellStates: maskedCellStates, areCopies: true)
      : PreviousStates(output: buffers.output, cellStates: buffers.cellStates, areCopies: false)
  }

  /// Copies the state before step `t`, zeroed where a document begins; nothing to do where none does.
  func maskState(
    _ t: Int, _ work: Work, _ pass: Pass, _ share: ThreadShare
  ) -> PreviousStates {
    if pass.hasStarts {
      for part in work.parts {
        mask(buffers.output, maskedOutput, vectors: 1, part.step(t), work, pass)
        mask(
          buffers.cellStates, maskedCellStates, vectors: unit.cellStates, part.step(t), work, pass)
      }
      if work.meets && multiplies { share.meet() }
    }
    return previousStates(pass)
  }

  private func mask(
    _ from: Panels, _ to: Panels, vectors: Int, _ step: StepRows, _ work: Work, _ pass: Pass
  ) {
    for vector in 0..<vectors {
      for unit in work.units {
        let panel = vector * buffers.units + unit
        var span = to.write(step.rows, panel: panel)
        pass.kernels.copy(&span, from.read(step.previous, panel: panel))
        for row in step.rows where pass.starts[row] != 0 {
          var first = to.write(row..<row + 1, panel: panel)
          pass.kernels.clear(&first)
        }
      }
    }
  }

  /// Sets aside the gradient of the previous step's output from the layer above, where a document begins at
  /// step `t`.
  func keepCutGradients(_ t: Int, _ work: Work, _ pass: Pass) {
    forEachStart(t, work, pass) { sequence, previous in
      for unit in work.units {
        var kept = cutGradients.write(sequence, panel: unit)
        pass.kernels.copy(&kept, buffers.dOutput.read(previous, panel: unit))
      }
    }
  }

  /// Removes the gradient of a document's first step from that of the state before it.
  func cutGradients(_ t: Int, _ work: Work, _ pass: Pass) {
    forEachStart(t, work, pass) { sequence, previous in
      for unit in work.units {
        var gradient = buffers.dOutput.write(previous, panel: unit)
        pass.kernels.copy(&gradient, cutGradients.read(sequence, panel: unit))
        for vector in 0..<self.unit.cellStates {
          let panel = vector * buffers.units + unit
          var dCellState = buffers.dCellStates.write(sequence, panel: panel)
          pass.kernels.clear(&dCellState)
        }
      }
    }
  }

  /// Each sequence in which a document begins at step `t`, and the row of the state before it.
  private func forEachStart(
    _ t: Int, _ work: Work, _ pass: Pass,
    _ body: (_ sequence: Range<Int>, _ previous: Range<Int>) -> Void
  ) {
    for part in work.parts {
      let step = part.step(t)
      for (i, row) in step.rows.enumerated() where pass.starts[row] != 0 {
        let sequence = step.sequences.lowerBound + i
        let previous = step.previous.lowerBound + i
        body(sequence..<sequence + 1, previous..<previous + 1)
      }
    }
  }
}
