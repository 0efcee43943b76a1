/// Documents that begin inside a pass: their first step sees a state of zero, and its gradient ends
/// there.
extension RecurrentLayer {
  /// The matrices that hold the state before each row of the pass.
  func previousState(_ pass: Pass) -> (output: Panels, memories: Panels) {
    pass.hasStarts ? (maskedOutput, maskedMemories) : (buffers.output, buffers.memories)
  }

  /// Copies the state before step `t`, zeroed where a document begins; nothing to do where none does.
  func maskState(
    _ t: Int, _ work: Work, _ pass: Pass, _ share: ThreadShare
  ) -> (output: Panels, memories: Panels) {
    if pass.hasStarts {
      let rows = pass.rows(t, work.sequences)
      mask(buffers.output, maskedOutput, vectors: 1, rows, work, pass)
      mask(buffers.memories, maskedMemories, vectors: unit.memories, rows, work, pass)
      if work.meets { share.meet() }
    }
    return previousState(pass)
  }

  private func mask(
    _ from: Panels, _ to: Panels, vectors: Int, _ rows: Range<Int>, _ work: Work, _ pass: Pass
  ) {
    for vector in 0..<vectors {
      for unit in work.units {
        let panel = vector * buffers.units + unit
        var span = to.write(rows, panel: panel)
        pass.kernels.copy(&span, from.read(rows, panel: panel))
        for row in rows where pass.starts[row] != 0 {
          var first = to.write(row..<row + 1, panel: panel)
          pass.kernels.clear(&first)
        }
      }
    }
  }

  /// Sets aside what the previous step's output was asked for by the layer above, where a document
  /// begins at step `t`.
  func keepCutGradients(_ t: Int, _ work: Work, _ pass: Pass) {
    for row in pass.rows(t, work.sequences) where pass.starts[row] != 0 {
      let sequence = row % pass.batch
      for unit in work.units {
        var kept = cutGradients.write(sequence..<sequence + 1, panel: unit)
        pass.kernels.copy(&kept, buffers.dOutput.read(row..<row + 1, panel: unit))
      }
    }
  }

  /// Undoes what a document's first step asked of the state before it.
  func cutGradients(_ t: Int, _ work: Work, _ pass: Pass) {
    for row in pass.rows(t, work.sequences) where pass.starts[row] != 0 {
      let sequence = row % pass.batch..<row % pass.batch + 1
      for unit in work.units {
        var gradient = buffers.dOutput.write(row..<row + 1, panel: unit)
        pass.kernels.copy(&gradient, cutGradients.read(sequence, panel: unit))
        for vector in 0..<self.unit.memories {
          let panel = vector * buffers.units + unit
          var memory = buffers.dMemories.write(sequence, panel: panel)
          pass.kernels.clear(&memory)
        }
      }
    }
  }
}
