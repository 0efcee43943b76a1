/// Runs a user's cell: gathers one panel of rows into the spans that it expects, and puts them back.
///
/// What a cell makes of the columns beyond the last unit is cleared: it need not be zero, nor even a
/// number, and would reach the weights.
struct CustomCellOperations: CellOperations {
  let cell: CustomCell
  /// Units of the layer: `H`.
  let hidden: Int
  /// The cell's own parameters, one row per panel of units.
  let parameters: Panels

  private var blocks: Int { cell.gates.input + cell.gates.both + cell.gates.recurrent }

  func forward(_ at: CellPanel) {
    let count = at.rows.count * Panels.width
    var gates = gathered(at.buffers.gates, at.rows, vectors: blocks, at)
    let previous = previousState(at)
    var next = [Float](repeating: 0, count: (1 + cell.memories) * count)
    var saved = [Float](repeating: 0, count: cell.saved * count)
    let parameters = repeatedParameters(at)
    var gateSpan = gates.mutableSpan
    var nextSpan = next.mutableSpan
    var savedSpan = saved.mutableSpan
    cell.forward(&gateSpan, previous.span, &nextSpan, &savedSpan, parameters.span)
    scatter(gates, 0, at.buffers.gates, at.rows, vectors: blocks, at)
    scatter(next, 0, at.buffers.output, at.nextRows, vectors: 1, at)
    scatter(next, count, at.buffers.memories, at.nextRows, vectors: cell.memories, at)
    scatter(saved, 0, at.buffers.saved, at.rows, vectors: cell.saved, at)
  }

  func backward(_ at: CellPanel) {
    let count = at.rows.count * Panels.width
    let buffers = at.buffers
    var gates = gathered(buffers.gates, at.rows, vectors: blocks, at)
    let previous = previousState(at)
    let next =
      gathered(buffers.output, at.nextRows, vectors: 1, at)
      + gathered(buffers.memories, at.nextRows, vectors: cell.memories, at)
    let saved = gathered(buffers.saved, at.rows, vectors: cell.saved, at)
    let parameters = repeatedParameters(at)
    let dNext =
      gathered(buffers.dOutput, at.nextRows, vectors: 1, at)
      + gathered(buffers.dMemories, at.sequences, vectors: cell.memories, at)
    var dPrevious = [Float](repeating: 0, count: (1 + cell.memories) * count)
    var dParameters = [Float](repeating: 0, count: cell.parameterNames.count * count)
    var gateSpan = gates.mutableSpan
    var dPreviousSpan = dPrevious.mutableSpan
    var dParameterSpan = dParameters.mutableSpan
    cell.backward(
      &gateSpan, previous.span, next.span, saved.span, parameters.span, dNext.span,
      &dPreviousSpan, &dParameterSpan)
    scatter(gates, 0, buffers.gates, at.rows, vectors: blocks, at)
    addOutput(dPrevious, buffers.dOutput, at)
    scatter(dPrevious, count, buffers.dMemories, at.sequences, vectors: cell.memories, at)
    scatter(
      dParameters, 0, buffers.dParameters, at.rows, vectors: cell.parameterNames.count, at)
  }

  private func previousState(_ at: CellPanel) -> [Float] {
    gathered(at.previous.output, at.previousRows, vectors: 1, at)
      + gathered(at.previous.memories, at.previousRows, vectors: cell.memories, at)
  }

  /// Each parameter's sixteen values, once per row.
  private func repeatedParameters(_ at: CellPanel) -> [Float] {
    var values: [Float] = []
    for vector in cell.parameterNames.indices {
      let row = parameters.read(0..<1, panel: at.panel(vector))
      for _ in at.rows { for lane in 0..<Panels.width { values.append(row[lane]) } }
    }
    return values
  }

  private func gathered(
    _ matrix: Panels, _ rows: Range<Int>, vectors: Int, _ at: CellPanel
  ) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(vectors * rows.count * Panels.width)
    for vector in 0..<vectors {
      let span = matrix.read(rows, panel: at.panel(vector))
      for i in span.indices { values.append(span[i]) }
    }
    return values
  }

  private func scatter(
    _ values: [Float], _ first: Int, _ matrix: Panels, _ rows: Range<Int>, vectors: Int,
    _ at: CellPanel
  ) {
    let count = rows.count * Panels.width
    for vector in 0..<vectors {
      var span = matrix.write(rows, panel: at.panel(vector))
      for i in 0..<count { span[i] = values[first + vector * count + i] }
      clearPadding(&span, at)
    }
  }

  /// Zeros beyond the last unit.
  private func clearPadding(_ span: inout MutableSpan<Float>, _ at: CellPanel) {
    let columns = hidden - at.unit * Panels.width
    if columns >= Panels.width { return }
    for i in 0..<span.count where i % Panels.width >= columns { span[i] = 0 }
  }

  private func addOutput(_ dPrevious: [Float], _ matrix: Panels, _ at: CellPanel) {
    var span = matrix.write(at.step.previous, panel: at.unit)
    for i in 0..<span.count { span[i] += dPrevious[i] }
    clearPadding(&span, at)
  }
}
