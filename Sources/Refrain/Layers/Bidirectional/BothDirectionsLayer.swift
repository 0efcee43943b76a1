/// The outputs of two recurrent layers, one after the other in each row; the second reads backwards, so its steps
/// are put back in their places.
final class BothDirectionsLayer: Layer {
  let output: Activation
  private let forwards: Activation
  private let backwards: Activation

  init(_ forwards: Activation, _ backwards: Activation, plan: WorkspacePlan) {
    self.forwards = forwards
    self.backwards = backwards
    output = plan.activation(size: forwards.size + backwards.size)
  }

  /// Whether the second layer's values begin where a panel begins.
  private var areWholePanels: Bool { forwards.size % Panels.width == 0 }

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      for panel in forwards.panels {
        var values = output.values.write(rows, panel: panel)
        pass.kernels.copy(
          &values, forwards.values.read(forwards.rows(rows, pass), panel: panel))
      }
      if areWholePanels {
        for panel in backwards.panels {
          var values = output.values.write(rows, panel: forwards.panels.count + panel)
          pass.kernels.gatherRows(
            &values, table: backwards.values.read(all(backwards, pass), panel: panel),
            indices: pass.mirrored.read(rows), bias: Span())
        }
      } else {
        forEachValue(rows, pass) { row, place, mirror, column in
          output.values[row, place] = backwards.values[mirror, column]
        }
      }
    }
  }

  func backward(_ pass: Pass, _ share: ThreadShare) {
    for rows in RowPieces(pass, share) {
      for panel in forwards.panels {
        var gradient = forwards.gradient.write(forwards.rows(rows, pass), panel: panel)
        pass.kernels.copy(&gradient, output.gradient.read(rows, panel: panel))
        // Beside its last values stand the second layer's first.
        let columns = forwards.columns(of: panel)
        if columns < Panels.width {
          for i in 0..<gradient.count where i % Panels.width >= columns { gradient[i] = 0 }
        }
      }
      if areWholePanels {
        for panel in backwards.panels {
          // Mirrored twice, a row is where it was.
          var gradient = backwards.gradient.write(backwards.rows(rows, pass), panel: panel)
          pass.kernels.gatherRows(
            &gradient,
            table: output.gradient.read(0..<pass.rows, panel: forwards.panels.count + panel),
            indices: pass.mirrored.read(rows), bias: Span())
        }
      } else {
        forEachValue(rows, pass) { row, place, mirror, column in
          backwards.gradient[mirror, column] = output.gradient[row, place]
        }
      }
    }
  }

  /// Every value of the second layer: its row and column in the output, and there.
  private func forEachValue(
    _ rows: Range<Int>, _ pass: Pass,
    _ body: (_ row: Int, _ place: Int, _ mirror: Int, _ column: Int) -> Void
  ) {
    let first = all(backwards, pass).lowerBound
    for row in rows {
      let mirror = first + Int(pass.mirrored[row])
      for column in 0..<backwards.size { body(row, forwards.size + column, mirror, column) }
    }
  }

  private func all(_ activation: Activation, _ pass: Pass) -> Range<Int> {
    activation.rows(0..<pass.rows, pass)
  }
}
