// Units whose gates see the input only.

/// Its blocks lie as z and the candidate.
struct MinGRUOperations: CellOperations {
  func forward(_ at: CellPanel) {
    let buffers = at.buffers
    var z = buffers.gates.write(at.rows, panel: at.panel(0))
    var hidden = buffers.output.write(at.nextRows, panel: at.unit)
    at.kernels.minGRUForward(
      update: &z, candidate: buffers.gates.read(at.rows, panel: at.panel(1)),
      previous: at.previous.output.read(at.previousRows, panel: at.unit), hidden: &hidden)
  }

  func backward(_ at: CellPanel) {
    let buffers = at.buffers
    var z = buffers.gates.write(at.rows, panel: at.panel(0))
    var candidate = buffers.gates.write(at.rows, panel: at.panel(1))
    var dPrevious = buffers.dOutput.write(at.step.previous, panel: at.unit)
    at.kernels.minGRUBackward(
      update: &z, candidate: &candidate,
      previous: at.previous.output.read(at.previousRows, panel: at.unit),
      dHidden: buffers.dOutput.read(at.nextRows, panel: at.unit), dPrevious: &dPrevious)
  }
}

/// Its blocks lie as f, i and the candidate.
struct MinLSTMOperations: CellOperations {
  func forward(_ at: CellPanel) {
    let buffers = at.buffers
    var f = buffers.gates.write(at.rows, panel: at.panel(0))
    var i = buffers.gates.write(at.rows, panel: at.panel(1))
    var hidden = buffers.output.write(at.nextRows, panel: at.unit)
    at.kernels.minLSTMForward(
      forget: &f, input: &i, candidate: buffers.gates.read(at.rows, panel: at.panel(2)),
      previous: at.previous.output.read(at.previousRows, panel: at.unit), hidden: &hidden)
  }

  func backward(_ at: CellPanel) {
    let buffers = at.buffers
    var f = buffers.gates.write(at.rows, panel: at.panel(0))
    var i = buffers.gates.write(at.rows, panel: at.panel(1))
    var candidate = buffers.gates.write(at.rows, panel: at.panel(2))
    var dPrevious = buffers.dOutput.write(at.step.previous, panel: at.unit)
    at.kernels.minLSTMBackward(
      forget: &f, input: &i, candidate: &candidate,
      previous: at.previous.output.read(at.previousRows, panel: at.unit),
      dHidden: buffers.dOutput.read(at.nextRows, panel: at.unit), dPrevious: &dPrevious)
  }
}
