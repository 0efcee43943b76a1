/// The state that a recurrent layer keeps between passes, as rows `[B]` in front of its outputs.
struct RecurrentLayerState: LayerState {
  let isKept: Bool
  /// Units.
  let size: Int
  /// The output first.
  let vectors: Int
  let output: Panels
  let cellStates: Panels

  /// The panel and matrix of one vector's `column`.
  func value(vector: Int, row: Int, column: Int) -> Float {
    vector == 0
      ? output[row, column]
      : cellStates[row, (vector - 1) * Panels.needed(for: size) * Panels.width + column]
  }

  func set(vector: Int, row: Int, column: Int, to value: Float) {
    if vector == 0 {
      output[row, column] = value
    } else {
      cellStates[row, (vector - 1) * Panels.needed(for: size) * Panels.width + column] = value
    }
  }

  var places: [(matrix: Panels, first: Int)] { [(output, 0), (cellStates, 0)] }

  func carry(_ pass: Pass, _ share: ThreadShare) {
    for part in pass.groups.parts(of: 0..<pass.batch) {
      if !pass.hasPadding {
        carry(part.step(pass.steps - 1).next, to: part.sequences, pass, share)
        continue
      }
      for sequence in part.sequences {
        let row = pass.row(step: Int(pass.lengths[sequence]) - 1, of: sequence) + pass.batch
        carry(row..<row + 1, to: sequence..<sequence + 1, pass, share)
      }
    }
  }

  private func carry(
    _ last: Range<Int>, to sequences: Range<Int>, _ pass: Pass, _ share: ThreadShare
  ) {
    for matrix in [output, cellStates] {
      for panel in share.part(of: matrix.count) {
        var first = matrix.write(sequences, panel: panel)
        pass.kernels.copy(&first, matrix.read(last, panel: panel))
      }
    }
  }
}
