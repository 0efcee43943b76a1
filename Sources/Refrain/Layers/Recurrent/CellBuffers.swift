import UnitSteps

/// Where the matrices of a recurrent layer lie. Vector `v` of a matrix of several, for panel `u` of the
/// units, is panel `v · units + u`.
struct CellBuffers {
  /// Panels of units: `H` rounded up, over 16.
  let units: Int
  /// How many vectors of each kind the unit has.
  let vectors: (gates: Int, cellStates: Int, saved: Int, parameters: Int)
  /// The unit's own parameters: `[parameters · units]` panels of one row.
  let parameters: Panels
  /// `[blocks · units]` panels of `T·B` rows.
  let gates: Panels
  /// `[units]` panels; rows `0..<B` are the state before the pass, row `r + B` the output of row `r`.
  let output: Panels
  /// `[cellStates · units]`, rows as in `output`.
  let cellStates: Panels
  /// `[saved · units]` panels of `T·B` rows.
  let saved: Panels
  /// Rows as in `output`; empty where nothing is trained.
  let dOutput: Panels
  /// `[cellStates · units]` panels of `B` rows: the gradient of the cell states, step by step.
  let dCellStates: Panels
  /// `[parameters · units]` panels of `T·B` rows, for units with parameters of their own.
  let dParameters: Panels

  /// One step of one panel of units.
  @inline(__always)
  func step(_ at: StepRows, unit: Int, previous: PreviousStates) -> UnitStep {
    let before = previous.rows(at)
    return UnitStep(
      count: at.count * Panels.width,
      gates: gates.vectors(vectors.gates, of: unit, in: units, at.rows),
      previousOutputs: previous.output.vector(of: unit, before),
      previousCellStates: previous.cellStates.vectors(
        vectors.cellStates, of: unit, in: units, before),
      outputs: output.vector(of: unit, at.next),
      cellStates: cellStates.vectors(vectors.cellStates, of: unit, in: units, at.next),
      savedVectors: saved.vectors(vectors.saved, of: unit, in: units, at.rows),
      parameters: parameters.vectors(vectors.parameters, of: unit, in: units, 0..<1))
  }

  /// The gradients of that step.
  @inline(__always)
  func gradient(_ at: StepRows, unit: Int) -> UnitGradient {
    UnitGradient(
      count: at.count * Panels.width,
      outputs: dOutput.vector(of: unit, at.next),
      previousOutputs: dOutput.vector(of: unit, at.previous),
      cellStates: dCellStates.vectors(vectors.cellStates, of: unit, in: units, at.sequences),
      parameters: dParameters.vectors(vectors.parameters, of: unit, in: units, at.rows))
  }
}

extension RecurrentUnit {
  /// How many vectors of each kind it has.
  package var vectors: (gates: Int, cellStates: Int, saved: Int, parameters: Int) {
    (blocks, cellStates, saved, ownParameters)
  }
}

/// The matrices that hold the states before each step: the buffers' own, or copies, a row per row of the
/// pass, in which new documents begin at zero.
struct PreviousStates {
  let output: Panels
  let cellStates: Panels
  let areCopies: Bool

  func rows(_ step: StepRows) -> Range<Int> { areCopies ? step.rows : step.previous }
}
