/// A layer of recurrent units over all steps of a pass: `W x + U h₋ + b`, then the cell.
///
/// Threads divide either the sequences of the batch, each running through time alone, or, where there
/// are too few, the units, meeting at every step. Both sum every value in the same order.
final class RecurrentLayer<Operations: CellOperations>: Layer {
  let unit: RecurrentUnit
  let hidden: Int
  let input: LayerInput
  let operations: Operations
  let buffers: CellBuffers
  let parameters: RecurrentParameters
  /// The state before each row, for passes inside which documents begin.
  let maskedOutput: Panels
  let maskedMemories: Panels
  /// Gradients set aside where a new document cuts them off.
  let cutGradients: Panels

  init(
    _ unit: RecurrentUnit, hidden: Int, input: LayerInput, parameters: RecurrentParameters,
    operations: Operations, plan: WorkspacePlan, memory: PanelMemory
  ) {
    self.unit = unit
    self.hidden = hidden
    self.input = input
    self.parameters = parameters
    self.operations = operations
    let units = Panels.needed(for: hidden)
    let rows = plan.steps * plan.batch
    let trained = plan.trains ? 1 : 0
    buffers = CellBuffers(
      units: units,
      gates: memory.panels(rows: rows, count: unit.blocks * units),
      output: memory.panels(rows: rows + plan.batch, count: units),
      memories: memory.panels(rows: rows + plan.batch, count: unit.memories * units),
      saved: memory.panels(rows: rows, count: unit.saved * units),
      dOutput: memory.panels(rows: (rows + plan.batch) * trained, count: units),
      dMemories: memory.panels(rows: plan.batch * trained, count: unit.memories * units),
      dParameters: memory.panels(rows: rows * trained, count: unit.ownParameters * units))
    maskedOutput = memory.panels(rows: rows, count: units)
    maskedMemories = memory.panels(rows: rows, count: unit.memories * units)
    cutGradients = memory.panels(rows: plan.batch * trained, count: units)
  }

  var output: Activation {
    Activation(
      size: hidden, values: buffers.output, gradient: buffers.dOutput, followsState: true)
  }

  var memory: LayerMemory? {
    LayerMemory(
      hidden: hidden, vectors: 1 + unit.memories, output: buffers.output,
      memories: buffers.memories)
  }

  // MARK: - The division of work

  /// What one thread computes: some sequences of all units, or some units of all sequences.
  struct Work {
    let sequences: Range<Int>
    let units: Range<Int>
    /// True where threads need each other's units at every step.
    let meets: Bool
  }

  /// Multiplications in one step of a layer below which meeting costs more than a second thread gains.
  private static var smallStep: Int { 16_384 }

  func work(_ pass: Pass, _ share: ThreadShare) -> Work {
    let units = buffers.units
    if pass.dividesSequences {
      return Work(sequences: share.part(of: pass.batch), units: 0..<units, meets: false)
    }
    let step = pass.batch * unit.blocks * units * units * 256
    if units > 1 && step >= Self.smallStep {
      return Work(sequences: 0..<pass.batch, units: share.part(of: units), meets: true)
    }
    return Work(
      sequences: 0..<(share.index == 0 ? pass.batch : 0), units: 0..<units, meets: false)
  }

  /// Steps whose input products are made at once, so that a panel of weights, once in the cache, serves
  /// several: at least four steps and forty rows.
  func chunk(_ work: Work, _ pass: Pass) -> Int {
    if work.meets { return pass.steps }
    return min(pass.steps, max(4, 40 / max(work.sequences.count, 1)))
  }

  // MARK: - Forward

  func forward(_ pass: Pass, _ share: ThreadShare) {
    let work = work(pass, share)
    let chunk = chunk(work, pass)
    var first = 0
    while first < pass.steps {
      let steps = first..<min(first + chunk, pass.steps)
      project(steps, work, pass)
      for t in steps { step(t, work, pass, share) }
      first += chunk
    }
  }

  /// The blocks that see the input: `W x + b` for `steps`.
  private func project(_ steps: Range<Int>, _ work: Work, _ pass: Pass) {
    if work.sequences.isEmpty { return }
    let blocks = unit.inputBlocks
    // All sequences of neighbouring steps lie next to each other and are one range of rows.
    if work.sequences.count == pass.batch {
      let rows = steps.lowerBound * pass.batch..<steps.upperBound * pass.batch
      for block in blocks { project(block, rows, work, pass) }
    } else {
      for block in blocks {
        for unit in work.units {
          for t in steps {
            project(block, pass.rows(t, work.sequences), units: unit..<unit + 1, pass)
          }
        }
      }
    }
  }

  private func project(_ block: Int, _ rows: Range<Int>, _ work: Work, _ pass: Pass) {
    project(block, rows, units: work.units, pass)
  }

  private func project(_ block: Int, _ rows: Range<Int>, units: Range<Int>, _ pass: Pass) {
    let first = block * buffers.units
    switch input {
    case .tokens(let count):
      for unit in units {
        var gate = buffers.gates.write(rows, panel: first + unit)
        pass.kernels.gatherRows(
          &gate, table: parameters.inputWeights.read(0..<count, panel: first + unit),
          indices: pass.tokens.read(rows), bias: parameters.bias.read(0..<1, panel: first + unit))
      }
    case .activation(let below):
      let product = WeightProduct(
        kernels: pass.kernels, weights: parameters.inputMatrix, bias: parameters.bias)
      product.run(
        buffers.gates, rows: rows, items: units,
        below.values.operand(below.rows(rows, pass), panels: below.panels),
        stride: below.values.stride, accumulate: false,
        output: { first + $0 }, weight: { first + $0 })
    }
  }

  /// One step: the recurrent products and the cell.
  private func step(_ t: Int, _ work: Work, _ pass: Pass, _ share: ThreadShare) {
    let previous = maskState(t, work, pass, share)
    let rows = pass.rows(t, work.sequences)
    if !rows.isEmpty {
      if rows.count < 4 {
        // Few rows: the products of all units first, so that four panels can run at once.
        multiplyRecurrent(rows, work.units, previous.output, pass)
        for unit in work.units { operations.forward(panel(unit, rows, previous, pass)) }
      } else {
        for unit in work.units {
          multiplyRecurrent(rows, unit..<unit + 1, previous.output, pass)
          operations.forward(panel(unit, rows, previous, pass))
        }
      }
    }
    if work.meets { share.meet() }
  }

  private func multiplyRecurrent(
    _ rows: Range<Int>, _ units: Range<Int>, _ previous: Panels, _ pass: Pass
  ) {
    let product = WeightProduct(
      kernels: pass.kernels, weights: parameters.recurrentMatrix, bias: parameters.bias)
    let a = previous.operand(rows, panels: 0..<buffers.units)
    let all = buffers.units
    let blocks = unit.recurrentBlocks
    let seesInput = unit.gates.both * units.count
    let total = blocks.count * units.count
    let first = blocks.lowerBound
    // Item i is unit i mod n of block i / n.
    let place = { (item: Int) in item / units.count * all + units.lowerBound + item % units.count }
    product.run(
      buffers.gates, rows: rows, items: 0..<seesInput, a, stride: previous.stride,
      accumulate: true, output: { first * all + place($0) }, weight: place)
    product.run(
      buffers.gates, rows: rows, items: seesInput..<total, a, stride: previous.stride,
      accumulate: false, output: { first * all + place($0) }, weight: place)
  }

  func panel(
    _ unit: Int, _ rows: Range<Int>, _ previous: (output: Panels, memories: Panels), _ pass: Pass
  ) -> CellPanel {
    CellPanel(
      kernels: pass.kernels, buffers: buffers, previousOutput: previous.output,
      previousMemories: previous.memories, unit: unit, rows: rows, batch: pass.batch)
  }
}
