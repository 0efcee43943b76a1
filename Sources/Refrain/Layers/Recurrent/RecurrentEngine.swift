/// What runs a layer of recurrent units.
protocol RecurrentEngine: Layer {
  var unit: RecurrentUnit { get }
  var hidden: Int { get }
  var buffers: CellBuffers { get }
}

extension RecurrentEngine {
  var output: Activation {
    Activation(
      size: hidden, values: buffers.output, gradient: buffers.dOutput, followsState: true)
  }
}

extension CellBuffers {
  /// Matrices for a layer of `hidden` such units.
  init(_ unit: RecurrentUnit, hidden: Int, parameters: Panels, plan: WorkspacePlan) {
    units = Panels.needed(for: hidden)
    vectors = unit.vectors
    self.parameters = parameters
    let (rows, batch, arena) = (plan.rows, plan.batch, plan.arena)
    gates = arena.panels(rows: rows, count: unit.blocks * units)
    output = arena.panels(rows: rows + batch, count: units)
    cellStates = arena.panels(rows: rows + batch, count: unit.cellStates * units)
    saved = arena.panels(rows: rows, count: unit.saved * units)
    dOutput = plan.gradient(rows: rows + batch, count: units)
    dCellStates = plan.gradient(rows: batch, count: unit.cellStates * units)
    dParameters = plan.gradient(rows: rows, count: unit.ownParameters * units)
  }

  /// The state that the layer keeps between passes.
  func state(of unit: RecurrentUnit, hidden: Int, isKept: Bool) -> RecurrentLayerState {
    RecurrentLayerState(
      isKept: isKept, size: hidden, vectors: 1 + unit.cellStates, output: output,
      cellStates: cellStates)
  }
}
