import UnitSteps

/// A layer of LSTMs before each step of which the input and the previous output alter each other (Melis,
/// Kočiský & Blunsom 2020): `x = 2σ(Q h) · x`, `h = 2σ(R x) · h` and so on, each round with a matrix of its
/// own.
///
/// What a step makes of its input depends on the step before, so no product is made for several steps at
/// once. Threads divide the sequences; a single sequence is one thread's work.
final class MogrifierLayer: RecurrentEngine {
  /// One round: the factors are the product's sums.
  struct Round {
    let product: StepProduct
    /// The vector that is altered, as it is afterwards.
    let altered: Panels
  }

  let unit: RecurrentUnit
  let hidden: Int
  let input: Activation
  let kernel: any UnitKernel.Type
  let buffers: CellBuffers
  let bias: Panels
  let dBias: Panels
  /// The state before each row: zero where a document begins.
  let previous: PreviousStates
  /// The first alters the input, the second the previous output, and so on in turn.
  let rounds: [Round]
  /// The LSTM's own products, with both as they are after the last round.
  let inputProduct: StepProduct
  let recurrentProduct: StepProduct
  /// The gradients of a step's input and of the previous output, a row per sequence.
  let dInput: Panels
  let dPrevious: Panels
  let state: (any LayerState)?

  init(
    _ unit: RecurrentUnit, kernel: any UnitKernel.Type, hidden: Int, prefix: String,
    input: Activation, parameters: RecurrentParameters, beginning: StateBeginning,
    plan: WorkspacePlan
  ) {
    self.unit = unit
    self.kernel = kernel
    self.hidden = hidden
    self.input = input
    bias = parameters.bias
    dBias = parameters.dBias
    buffers = CellBuffers(unit, hidden: hidden, parameters: parameters.own, plan: plan)
    state = buffers.state(of: unit, hidden: hidden, isKept: beginning != .zero)
    let (rows, units, arena) = (plan.rows, buffers.units, plan.arena)
    previous = PreviousStates(
      output: arena.panels(rows: rows, count: units),
      cellStates: arena.panels(rows: rows, count: unit.cellStates * units), areCopies: true)
    dInput = plan.gradient(rows: plan.batch, count: input.panels.count)
    dPrevious = plan.gradient(rows: plan.batch, count: units)
    var rounds: [Round] = []
    for round in 0..<unit.rounds {
      let size = RecurrentUnit.altersInput(round) ? input.size : hidden
      let factors = arena.panels(rows: rows, columns: size)
      let product = StepProduct(
        prefix + RecurrentUnit.roundName(round), seen: rounds.last?.altered ?? previous.output,
        sums: factors, plan: plan)
      rounds.append(Round(product: product, altered: arena.panels(rows: rows, columns: size)))
    }
    self.rounds = rounds
    inputProduct = StepProduct(
      weights: parameters.inputWeights, matrix: parameters.inputMatrix,
      transposed: parameters.inputTransposed, gradient: parameters.dInputWeights,
      seen: rounds[unit.rounds - 1].altered, sums: buffers.gates)
    recurrentProduct = StepProduct(
      weights: parameters.recurrentWeights, matrix: parameters.recurrentMatrix,
      transposed: parameters.recurrentTransposed, gradient: parameters.dRecurrentWeights,
      seen: rounds[unit.rounds - 2].altered, sums: buffers.gates)
  }

  /// The sequences of one thread.
  func parts(_ pass: Pass, _ share: ThreadShare) -> SequenceParts {
    pass.groups.parts(of: share.part(of: pass.batch))
  }

  // MARK: - Forward

  func forward(_ pass: Pass, _ share: ThreadShare) {
    for part in parts(pass, share) {
      for t in 0..<pass.steps { forward(part.step(t), pass) }
    }
  }

  private func forward(_ step: StepRows, _ pass: Pass) {
    copyState(buffers.output, to: previous.output, step, pass)
    copyState(buffers.cellStates, to: previous.cellStates, step, pass)
    for (index, round) in rounds.enumerated() {
      round.product.run(step.rows, pass)
      let before = vector(before: index, step, pass)
      for panel in 0..<round.altered.count {
        var factors = round.product.sums.write(step.rows, panel: panel)
        var altered = round.altered.write(step.rows, panel: panel)
        pass.kernels.mogrifyForward(
          factors: &factors, vector: before.values.read(before.rows, panel: panel),
          altered: &altered)
      }
    }
    inputProduct.run(step.rows, bias: bias, pass)
    recurrentProduct.run(step.rows, accumulate: true, pass)
    for unit in 0..<buffers.units {
      kernel.forward(buffers.step(step, unit: unit, previous: previous))
    }
  }

  /// The state before a step, zeroed where a document begins.
  private func copyState(_ from: Panels, to copy: Panels, _ step: StepRows, _ pass: Pass) {
    for panel in 0..<copy.count {
      var span = copy.write(step.rows, panel: panel)
      pass.kernels.copy(&span, from.read(step.previous, panel: panel))
      if !pass.hasStarts { continue }
      for row in step.rows where pass.starts[row] != 0 {
        var first = copy.write(row..<row + 1, panel: panel)
        pass.kernels.clear(&first)
      }
    }
  }

  /// What round `round` alters, and the rows where it lies.
  func vector(
    before round: Int, _ step: StepRows, _ pass: Pass
  ) -> (values: Panels, rows: Range<Int>) {
    switch round {
    case 0: (input.values, input.rows(step.rows, pass))
    case 1: (previous.output, step.rows)
    default: (rounds[round - 2].altered, step.rows)
    }
  }
}
