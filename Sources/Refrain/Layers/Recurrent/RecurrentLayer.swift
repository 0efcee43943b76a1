/// A layer of recurrent units over all steps of a pass: `W x + U h₋ + b`, then the cell.
///
/// Threads divide either the sequences of the batch, each running through time alone, or, where there
/// are too few, the units, meeting at every step where units see each other. Both sum every value in the
/// same order.
final class RecurrentLayer<Operations: CellOperations>: RecurrentEngine {
  let unit: RecurrentUnit
  let hidden: Int
  let input: LayerInput
  let operations: Operations
  let buffers: CellBuffers
  let parameters: RecurrentParameters
  /// The state before each row, for passes inside which documents begin.
  let maskedOutput: Panels
  let maskedCellStates: Panels
  /// Gradients set aside where a new document cuts them off.
  let cutGradients: Panels
  /// Whether there are recurrent products: whether units see each other.
  let multiplies: Bool
  /// Where the state before the first step comes from.
  let beginning: StateBeginning
  let state: (any LayerState)?

  init(
    _ unit: RecurrentUnit, hidden: Int, input: LayerInput, parameters: RecurrentParameters,
    operations: Operations, beginning: StateBeginning, plan: WorkspacePlan
  ) {
    self.beginning = beginning
    self.unit = unit
    multiplies = unit.hasRecurrentBlocks
    self.hidden = hidden
    self.input = input
    self.parameters = parameters
    self.operations = operations
    buffers = CellBuffers(unit, hidden: hidden, parameters: parameters.own, plan: plan)
    state = buffers.state(of: unit, hidden: hidden, isKept: beginning != .zero)
    maskedOutput = plan.arena.panels(rows: plan.rows, count: buffers.units)
    maskedCellStates = plan.arena.panels(rows: plan.rows, count: unit.cellStates * buffers.units)
    cutGradients = plan.gradient(rows: plan.batch, count: buffers.units)
  }

  // MARK: - The division of work

  /// What one thread computes: some sequences of all units, or some units of all sequences.
  struct Work {
    let parts: SequenceParts
    let units: Range<Int>
    /// True where threads have some of the units each, and so need each other's: the layer below for its
    /// gradient, and every step if its products see the previous output.
    let meets: Bool

    /// Calls `body` for all units and parts: a panel of weights, once in the cache, serves every part. A few
    /// sequences get all units at once, whose products can then run four at a time.
    @inline(__always)
    func forEach(_ body: (_ part: SequencePart, _ units: Range<Int>) -> Void) {
      if parts.sequences.count < WeightProduct.fewRows {
        for part in parts { body(part, units) }
      } else {
        for unit in units { for part in parts { body(part, unit..<unit + 1) } }
      }
    }
  }

  /// Multiplications in one step of a layer below which meeting costs more than a second thread gains.
  private static var smallStep: Int { 16_384 }

  func work(_ pass: Pass, _ share: ThreadShare) -> Work {
    let units = buffers.units
    if pass.dividesSequences {
      let parts = pass.groups.parts(of: share.part(of: pass.batch))
      return Work(parts: parts, units: 0..<units, meets: false)
    }
    let step = pass.batch * unit.blocks * units * units * 256
    if units > 1 && step >= Self.smallStep {
      let all = pass.groups.parts(of: 0..<pass.batch)
      return Work(parts: all, units: share.part(of: units), meets: true)
    }
    let own = pass.groups.parts(of: 0..<(share.index == 0 ? pass.batch : 0))
    return Work(parts: own, units: 0..<units, meets: false)
  }

  /// Steps whose input products are made at once, so that a panel of weights, once in the cache, serves
  /// several: at least four steps and forty rows.
  func chunk(_ work: Work, _ pass: Pass) -> Int {
    if work.meets { return pass.steps }
    return min(pass.steps, max(4, 40 / max(work.parts.sequences.count, 1)))
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
    for part in work.parts {
      for block in unit.inputBlocks {
        if part.isWholeGroup {
          project(block, part.rows(steps), units: work.units, pass)
        } else {
          for unit in work.units {
            for t in steps { project(block, part.step(t).rows, units: unit..<unit + 1, pass) }
          }
        }
      }
    }
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

  /// One step: the recurrent products, if there are any, and the cell.
  private func step(_ t: Int, _ work: Work, _ pass: Pass, _ share: ThreadShare) {
    let previous = maskState(t, work, pass, share)
    let multiplies = multiplies
    work.forEach { part, units in
      let step = part.step(t)
      if multiplies { multiplyRecurrent(step, units, previous, pass) }
      for unit in units {
        operations.forward(buffers.step(step, unit: unit, previous: previous), unit: unit)
      }
    }
    if work.meets && multiplies { share.meet() }
  }

  private func multiplyRecurrent(
    _ step: StepRows, _ units: Range<Int>, _ previous: PreviousStates, _ pass: Pass
  ) {
    let product = WeightProduct(
      kernels: pass.kernels, weights: parameters.recurrentMatrix, bias: parameters.bias)
    let states = previous.output
    let a = states.operand(previous.rows(step), panels: 0..<buffers.units)
    let all = buffers.units
    let blocks = unit.recurrentBlocks
    let seesInput = unit.gates.both * units.count
    let total = blocks.count * units.count
    let first = blocks.lowerBound
    // Item i is unit i mod n of block i / n.
    let place = { (item: Int) in item / units.count * all + units.lowerBound + item % units.count }
    product.run(
      buffers.gates, rows: step.rows, items: 0..<seesInput, a, stride: states.stride,
      accumulate: true, output: { first * all + place($0) }, weight: place)
    product.run(
      buffers.gates, rows: step.rows, items: seesInput..<total, a, stride: states.stride,
      accumulate: false, output: { first * all + place($0) }, weight: place)
  }
}
