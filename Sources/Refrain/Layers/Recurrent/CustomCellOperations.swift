import UnitSteps

/// Runs a user's cell: gathers one panel of rows into the spans that it expects, and puts them back.
///
/// What a cell makes of the columns beyond the last unit is cleared: it need not be zero, nor even a
/// number, and would reach the weights.
struct CustomCellOperations: CellOperations {
  let cell: CustomCell
  /// Units of the layer: `H`.
  let hidden: Int

  func forward(_ step: UnitStep, unit: Int) {
    let count = step.count
    var gates = gathered(step.gates, count)
    let previous = gathered(step.previousOutputs, count) + gathered(step.previousCellStates, count)
    var next = [Float](repeating: 0, count: (1 + cell.cellStates) * count)
    var saved = [Float](repeating: 0, count: cell.saved * count)
    let parameters = repeatedParameters(step)
    var gateSpan = gates.mutableSpan
    var nextSpan = next.mutableSpan
    var savedSpan = saved.mutableSpan
    cell.forward(&gateSpan, previous.span, &nextSpan, &savedSpan, parameters.span)
    scatter(gates[...], step.gates, count, unit)
    scatter(next[..<count], step.outputs, count, unit)
    scatter(next[count...], step.cellStates, count, unit)
    scatter(saved[...], step.savedVectors, count, unit)
  }

  func backward(_ step: UnitStep, _ gradient: UnitGradient, unit: Int) {
    let count = step.count
    var gates = gathered(step.gates, count)
    let previous = gathered(step.previousOutputs, count) + gathered(step.previousCellStates, count)
    let next = gathered(step.outputs, count) + gathered(step.cellStates, count)
    let saved = gathered(step.savedVectors, count)
    let parameters = repeatedParameters(step)
    let dNext = gathered(gradient.outputs, count) + gathered(gradient.cellStates, count)
    var dPrevious = [Float](repeating: 0, count: (1 + cell.cellStates) * count)
    var dParameters = [Float](repeating: 0, count: cell.parameterNames.count * count)
    var gateSpan = gates.mutableSpan
    var dPreviousSpan = dPrevious.mutableSpan
    var dParameterSpan = dParameters.mutableSpan
    cell.backward(
      &gateSpan, previous.span, next.span, saved.span, parameters.span, dNext.span,
      &dPreviousSpan, &dParameterSpan)
    scatter(gates[...], step.gates, count, unit)
    let fromAbove = gathered(gradient.previousOutputs, count)
    for i in 0..<count { dPrevious[i] += fromAbove[i] }
    scatter(dPrevious[..<count], gradient.previousOutputs, count, unit)
    scatter(dPrevious[count...], gradient.cellStates, count, unit)
    scatter(dParameters[...], gradient.parameters, count, unit)
  }

  /// Each parameter's sixteen values, once per row.
  private func repeatedParameters(_ step: UnitStep) -> [Float] {
    var values: [Float] = []
    for vector in 0..<step.parameters.count {
      let row = step.parameter(vector)
      for i in 0..<step.count { values.append(row[i % Panels.width]) }
    }
    return values
  }

  private func gathered(_ vectors: UnitVectors, _ count: Int) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(vectors.count * count)
    for vector in 0..<vectors.count {
      let span = vectors.read(vector, length: count)
      for i in 0..<count { values.append(span[i]) }
    }
    return values
  }

  /// Puts values back, with zeros beyond the last unit.
  private func scatter(
    _ values: ArraySlice<Float>, _ vectors: UnitVectors, _ count: Int, _ unit: Int
  ) {
    let columns = hidden - unit * Panels.width
    for vector in 0..<vectors.count {
      var span = vectors.write(vector, length: count)
      let first = values.startIndex + vector * count
      for i in 0..<count { span[i] = i % Panels.width < columns ? values[first + i] : 0 }
    }
  }
}
