/// Backpropagation through time.
extension RecurrentLayer {
  func backward(_ pass: Pass, _ share: ThreadShare) {
    let work = work(pass, share)
    clearLastGradients(work, pass)
    let chunk = chunk(work, pass)
    var last = pass.steps
    while last > 0 {
      let steps = max(0, last - chunk)..<last
      for t in steps.reversed() { stepBackward(t, work, pass, share) }
      if !work.meets { inputGradient(steps, work.parts, 0..<inputPanels, pass) }
      last -= chunk
    }
    if work.meets {
      share.meet()
      inputGradient(0..<pass.steps, work.parts, share.part(of: inputPanels), pass)
    }
  }

  /// The last step's cell states have no gradient from a later step; that of the state before the first is a
  /// sum, which begins at zero.
  private func clearLastGradients(_ work: Work, _ pass: Pass) {
    for part in work.parts {
      for unit in work.units {
        var initial = buffers.dOutput.write(part.sequences, panel: unit)
        pass.kernels.clear(&initial)
        for vector in 0..<self.unit.cellStates {
          var dCellState = buffers.dCellStates.write(
            part.sequences, panel: vector * buffers.units + unit)
          pass.kernels.clear(&dCellState)
        }
      }
    }
  }

  private func stepBackward(_ t: Int, _ work: Work, _ pass: Pass, _ share: ThreadShare) {
    let previous = previousStates(pass)
    if pass.hasStarts { keepCutGradients(t, work, pass) }
    for unit in work.units {
      for part in work.parts {
        let step = part.step(t)
        operations.backward(
          buffers.step(step, unit: unit, previous: previous), buffers.gradient(step, unit: unit),
          unit: unit)
      }
    }
    if multiplies {
      if work.meets { share.meet() }
      if t > 0 || beginning == .given { recurrentInputGradient(t, work, pass) }
    }
    if pass.hasStarts { cutGradients(t, work, pass) }
  }

  /// The gradient of the previous step's output, `dGates · U`, added to that from the layer above.
  private func recurrentInputGradient(_ t: Int, _ work: Work, _ pass: Pass) {
    let product = WeightProduct(
      kernels: pass.kernels, weights: .f32(parameters.recurrentTransposed), bias: nil)
    let blocks = unit.recurrentBlocks
    let panels = blocks.lowerBound * buffers.units..<blocks.upperBound * buffers.units
    let gates = buffers.gates
    work.forEach { part, units in
      let step = part.step(t)
      product.run(
        buffers.dOutput, rows: step.previous, items: units,
        gates.operand(step.rows, panels: panels), stride: gates.stride,
        accumulate: true, output: { $0 }, weight: { $0 })
    }
  }

  private var inputPanels: Int {
    if case .activation(let below) = input, below.hasGradient { return below.panels.count }
    return 0
  }

  /// The gradient of the layer below, `dGates · W`.
  private func inputGradient(
    _ steps: Range<Int>, _ parts: SequenceParts, _ panels: Range<Int>, _ pass: Pass
  ) {
    guard case .activation(let below) = input, below.hasGradient else { return }
    let product = WeightProduct(
      kernels: pass.kernels, weights: .f32(parameters.inputTransposed), bias: nil)
    let gates = 0..<unit.inputBlocks.count * buffers.units
    let run = { (rows: Range<Int>, items: Range<Int>) in
      let a = self.buffers.gates.operand(rows, panels: gates)
      product.run(
        below.gradient, rows: below.rows(rows, pass), items: items, a,
        stride: self.buffers.gates.stride, accumulate: false, output: { $0 }, weight: { $0 })
    }
    for part in parts {
      if part.isWholeGroup {
        run(part.rows(steps), panels)
      } else {
        for panel in panels {
          for t in steps { run(part.step(t).rows, panel..<panel + 1) }
        }
      }
    }
  }

  // MARK: - The parameters' gradient

  /// Panels of gates that one piece of the gradient covers: enough pieces for every thread, large
  /// enough to read the layer's input seldom.
  private var group: Int { max(1, min(8, unit.blocks * buffers.units / 4)) }

  var gradientCount: Int { (unit.blocks * buffers.units + group - 1) / group }

  func parameterGradient(_ item: Int, _ pass: Pass) {
    let all = unit.blocks * buffers.units
    let panels = item * group..<min((item + 1) * group, all)
    let sees = { (blocks: Range<Int>) -> Range<Int> in
      let units = self.buffers.units
      return panels.clamped(to: blocks.lowerBound * units..<blocks.upperBound * units)
    }
    recurrentGradient(sees(unit.recurrentBlocks), pass)
    inputWeightGradient(sees(unit.inputBlocks), pass)
    for panel in panels {
      var bias = parameters.dBias.write(0..<1, panel: panel)
      pass.kernels.columnSums(&bias, buffers.gates.read(0..<pass.rows, panel: panel))
    }
    if item == 0 { ownParameterGradient(pass) }
  }

  private func recurrentGradient(_ panels: Range<Int>, _ pass: Pass) {
    if panels.isEmpty { return }
    let first = unit.recurrentBlocks.lowerBound * buffers.units
    let gradient = WeightGradient(
      kernels: pass.kernels, gradient: parameters.dRecurrentWeights)
    gradient.run(
      input: previousStates(pass).output, inputPanels: buffers.units, dOutput: buffers.gates,
      first: first, outputs: panels.lowerBound - first..<panels.upperBound - first,
      rows: previousRows(pass))
  }

  /// Which rows of the states before each step belong to which rows of the gates.
  private func previousRows(_ pass: Pass) -> [RowPair] {
    if pass.hasStarts || pass.groups.count == 1 { return [RowPair(0, 0, count: pass.rows)] }
    return pass.groups.parts(of: 0..<pass.batch).flatMap { part in
      let (first, second) = (part.step(0), part.step(1))
      let others = part.rows(1..<pass.steps).count
      return [
        RowPair(first.previous.lowerBound, first.rows.lowerBound, count: first.count),
        RowPair(second.previous.lowerBound, second.rows.lowerBound, count: others),
      ]
    }
  }

  private func inputWeightGradient(_ panels: Range<Int>, _ pass: Pass) {
    switch input {
    case .tokens(let count):
      for panel in panels {
        var table = parameters.dInputWeights.write(0..<count, panel: panel)
        pass.kernels.clear(&table)
        pass.kernels.scatterAddRows(
          &table, rows: buffers.gates.read(0..<pass.rows, panel: panel),
          indices: pass.tokens.read(0..<pass.rows))
      }
    case .activation(let below):
      let gradient = WeightGradient(kernels: pass.kernels, gradient: parameters.dInputWeights)
      gradient.run(
        input: below.values, inputPanels: below.panels.count, dOutput: buffers.gates, first: 0,
        outputs: panels, rows: [below.pair(pass)])
    }
  }

  /// A unit leaves the gradient of its own parameters row by row.
  private func ownParameterGradient(_ pass: Pass) {
    for panel in 0..<buffers.dParameters.count {
      var own = parameters.dOwn.write(0..<1, panel: panel)
      pass.kernels.columnSums(&own, buffers.dParameters.read(0..<pass.rows, panel: panel))
    }
  }

  // MARK: - Transposed weights

  private var recurrentTransposes: Int { multiplies ? buffers.units : 0 }

  var transposeCount: Int { recurrentTransposes + inputPanels }

  func transpose(_ item: Int, _ pass: Pass) {
    if item < recurrentTransposes {
      transposePanel(item, parameters.recurrentWeights, parameters.recurrentTransposed, pass)
    } else {
      transposePanel(
        item - recurrentTransposes, parameters.inputWeights, parameters.inputTransposed, pass)
    }
  }
}

/// Panel `panel` of `to` becomes the rows `16 · panel …` of all panels of `from`, mirrored.
func transposePanel(_ panel: Int, _ from: Panels, _ to: Panels, _ pass: Pass) {
  let rows = panel * Panels.width..<(panel + 1) * Panels.width
  var span = to.write(0..<to.rows, panel: panel)
  pass.kernels.transposeBlocks(
    &span, from.operand(rows, panels: 0..<from.count), stride: from.stride)
}
