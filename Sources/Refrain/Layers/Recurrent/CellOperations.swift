/// The element-wise half of a recurrent layer, for one panel of units at a time.
protocol CellOperations {
  /// From the gates' sums and the previous state of `rows`, the new state.
  func forward(_ at: CellPanel)
  /// From the new state's gradient, the gradients of the gates' sums and of the previous state.
  func backward(_ at: CellPanel)
}

/// Where the matrices of a recurrent layer lie. Vector `v` of a matrix of several, for panel `u` of the
/// units, is panel `v · units + u`.
struct CellBuffers {
  /// Panels of units: `H` rounded up, over 16.
  let units: Int
  /// `[blocks · units]` panels of `T·B` rows.
  let gates: Panels
  /// `[units]` panels; rows `0..<B` are the state before the pass, row `r + B` the output of row `r`.
  let output: Panels
  /// `[memories · units]`, rows as in `output`.
  let memories: Panels
  /// `[saved · units]` panels of `T·B` rows.
  let saved: Panels
  /// Rows as in `output`; empty where nothing is trained.
  let dOutput: Panels
  /// `[memories · units]` panels of `B` rows: what the step above asks of the memories.
  let dMemories: Panels
  /// `[parameters · units]` panels of `T·B` rows, for units with parameters of their own.
  let dParameters: Panels
}

/// The matrices that hold the states before each step: the buffers' own, or copies, a row per row of the
/// pass, in which new documents begin at zero.
struct PreviousStates {
  let output: Panels
  let memories: Panels
  let areCopies: Bool

  func rows(_ step: StepRows) -> Range<Int> { areCopies ? step.rows : step.previous }
}

/// One panel of units at one step, for some sequences.
struct CellPanel {
  let kernels: any KernelSet.Type
  let buffers: CellBuffers
  /// The states before the step.
  let previous: PreviousStates
  /// Which panel of units.
  let unit: Int
  /// Where the step lies.
  let step: StepRows

  var rows: Range<Int> { step.rows }
  var nextRows: Range<Int> { step.next }
  var sequences: Range<Int> { step.sequences }
  /// Where the states before the step lie in `previous`.
  var previousRows: Range<Int> { previous.rows(step) }

  /// The panel of vector `vector` in a matrix of several.
  func panel(_ vector: Int) -> Int { vector * buffers.units + unit }
}

struct RNNOperations: CellOperations {
  func forward(_ at: CellPanel) {
    var hidden = at.buffers.output.write(at.nextRows, panel: at.unit)
    at.kernels.rnnForward(
      preactivation: at.buffers.gates.read(at.rows, panel: at.unit), hidden: &hidden)
  }

  func backward(_ at: CellPanel) {
    var gate = at.buffers.gates.write(at.rows, panel: at.unit)
    at.kernels.rnnBackward(
      hidden: at.buffers.output.read(at.nextRows, panel: at.unit),
      dHidden: at.buffers.dOutput.read(at.nextRows, panel: at.unit), dPreactivation: &gate)
  }
}

struct LSTMOperations: CellOperations {
  func forward(_ at: CellPanel) {
    let buffers = at.buffers
    var i = buffers.gates.write(at.rows, panel: at.panel(0))
    var f = buffers.gates.write(at.rows, panel: at.panel(1))
    var g = buffers.gates.write(at.rows, panel: at.panel(2))
    var o = buffers.gates.write(at.rows, panel: at.panel(3))
    var cell = buffers.memories.write(at.nextRows, panel: at.unit)
    var cellTanh = buffers.saved.write(at.rows, panel: at.unit)
    var hidden = buffers.output.write(at.nextRows, panel: at.unit)
    at.kernels.lstmForward(
      input: &i, forget: &f, candidate: &g, output: &o,
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
    at.kernels.lstmBackward(
      input: &i, forget: &f, candidate: &g, output: &o,
      previousCell: at.previous.memories.read(at.previousRows, panel: at.unit),
      cellTanh: buffers.saved.read(at.rows, panel: at.unit),
      dHidden: buffers.dOutput.read(at.nextRows, panel: at.unit), dCell: &dCell)
  }
}

/// Its gate blocks lie as n, r, z, m: the candidate's input half first, its recurrent half last.
struct GRUOperations: CellOperations {
  func forward(_ at: CellPanel) {
    let buffers = at.buffers
    var n = buffers.gates.write(at.rows, panel: at.panel(0))
    var r = buffers.gates.write(at.rows, panel: at.panel(1))
    var z = buffers.gates.write(at.rows, panel: at.panel(2))
    var hidden = buffers.output.write(at.nextRows, panel: at.unit)
    at.kernels.gruForward(
      reset: &r, update: &z, candidate: &n,
      recurrent: buffers.gates.read(at.rows, panel: at.panel(3)),
      previous: at.previous.output.read(at.previousRows, panel: at.unit), hidden: &hidden)
  }

  func backward(_ at: CellPanel) {
    let buffers = at.buffers
    var n = buffers.gates.write(at.rows, panel: at.panel(0))
    var r = buffers.gates.write(at.rows, panel: at.panel(1))
    var z = buffers.gates.write(at.rows, panel: at.panel(2))
    var m = buffers.gates.write(at.rows, panel: at.panel(3))
    var dPrevious = buffers.dOutput.write(at.step.previous, panel: at.unit)
    at.kernels.gruBackward(
      reset: &r, update: &z, candidate: &n, recurrent: &m,
      previous: at.previous.output.read(at.previousRows, panel: at.unit),
      dHidden: buffers.dOutput.read(at.nextRows, panel: at.unit), dPrevious: &dPrevious)
  }
}
