/// Its gate blocks lie as f, g, o.
struct CoupledLSTMOperations: CellOperations {
  func forward(_ at: CellPanel) {
    let buffers = at.buffers
    var f = buffers.gates.write(at.rows, panel: at.panel(0))
    var g = buffers.gates.write(at.rows, panel: at.panel(1))
    var o = buffers.gates.write(at.rows, panel: at.panel(2))
    var cell = buffers.memories.write(at.nextRows, panel: at.unit)
    var cellTanh = buffers.saved.write(at.rows, panel: at.unit)
    var hidden = buffers.output.write(at.nextRows, panel: at.unit)
    at.kernels.coupledLSTMForward(
      forget: &f, candidate: &g, output: &o,
      previousCell: at.previous.memories.read(at.previousRows, panel: at.unit), cell: &cell,
      cellTanh: &cellTanh, hidden: &hidden)
  }

  func backward(_ at: CellPanel) {
    let buffers = at.buffers
    var f = buffers.gates.write(at.rows, panel: at.panel(0))
    var g = buffers.gates.write(at.rows, panel: at.panel(1))
    var o = buffers.gates.write(at.rows, panel: at.panel(2))
    var dCell = buffers.dMemories.write(at.sequences, panel: at.unit)
    at.kernels.coupledLSTMBackward(
      forget: &f, candidate: &g, output: &o,
      previousCell: at.previous.memories.read(at.previousRows, panel: at.unit),
      cellTanh: buffers.saved.read(at.rows, panel: at.unit),
      dHidden: buffers.dOutput.read(at.nextRows, panel: at.unit), dCell: &dCell)
  }
}

/// Its gate blocks lie as i, f, g, o, its peepholes as i, f, o.
struct PeepholeLSTMOperations: CellOperations {
  /// One row per panel of units and peephole.
  let peepholes: Panels

  func forward(_ at: CellPanel) {
    let buffers = at.buffers
    var i = buffers.gates.write(at.rows, panel: at.panel(0))
    var f = buffers.gates.write(at.rows, panel: at.panel(1))
    var g = buffers.gates.write(at.rows, panel: at.panel(2))
    var o = buffers.gates.write(at.rows, panel: at.panel(3))
    var cell = buffers.memories.write(at.nextRows, panel: at.unit)
    var cellTanh = buffers.saved.write(at.rows, panel: at.unit)
    var hidden = buffers.output.write(at.nextRows, panel: at.unit)
    at.kernels.peepholeLSTMForward(
      input: &i, forget: &f, candidate: &g, output: &o,
      inputPeephole: peepholes.read(0..<1, panel: at.panel(0)),
      forgetPeephole: peepholes.read(0..<1, panel: at.panel(1)),
      outputPeephole: peepholes.read(0..<1, panel: at.panel(2)),
      previousCell: at.previous.memories.read(at.previousRows, panel: at.unit), cell: &cell,
      cellTanh: &cellTanh, hidden: &hidden)
  }

  func backward(_ at: CellPanel) {
    let buffers = at.buffers
    var i = buffers.gates.write(at.rows, panel: at.panel(0))
    var f = buffers.gates.write(at.rows, panel: at.panel(1))
    var g = buffers.gates.write(at.rows, panel: at.panel(2))
    var o = buffers.gates.write(at.rows, panel: at.panel(3))
    var dCell = buffers.dMemories.write(at.sequences, panel: at.unit)
    at.kernels.peepholeLSTMBackward(
      input: &i, forget: &f, candidate: &g, output: &o,
      inputPeephole: peepholes.read(0..<1, panel: at.panel(0)),
      forgetPeephole: peepholes.read(0..<1, panel: at.panel(1)),
      outputPeephole: peepholes.read(0..<1, panel: at.panel(2)),
      previousCell: at.previous.memories.read(at.previousRows, panel: at.unit),
      cellTanh: buffers.saved.read(at.rows, panel: at.unit),
      dHidden: buffers.dOutput.read(at.nextRows, panel: at.unit), dCell: &dCell)
    let before = at.previous.memories.read(at.previousRows, panel: at.unit)
    peepholeGradient(0, gate: 0, sees: before, at)
    peepholeGradient(1, gate: 1, sees: before, at)
    peepholeGradient(2, gate: 3, sees: buffers.memories.read(at.nextRows, panel: at.unit), at)
  }

  /// Row by row, what the gradient of a peephole is the sum of.
  private func peepholeGradient(
    _ peephole: Int, gate: Int, sees cell: Span<Float>, _ at: CellPanel
  ) {
    var rows = at.buffers.dParameters.write(at.rows, panel: at.panel(peephole))
    at.kernels.multiply(&rows, at.buffers.gates.read(at.rows, panel: at.panel(gate)), cell)
  }
}
