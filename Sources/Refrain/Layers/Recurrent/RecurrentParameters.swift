/// Where the parameters of a recurrent layer lie, with their gradients and transposed copies.
struct RecurrentParameters {
  /// `[input blocks · units]` panels.
  let inputWeights: Panels
  /// `[recurrent blocks · units]` panels; none where no block sees the previous output.
  let recurrentWeights: Panels
  /// The same two as products read them.
  let inputMatrix: WeightMatrix
  let recurrentMatrix: WeightMatrix
  /// `[blocks · units]` panels of one row.
  let bias: Panels
  /// Parameters that are neither weights nor biases: `[parameters · units]` panels of one row.
  let own: Panels
  let dInputWeights: Panels
  let dRecurrentWeights: Panels
  let dBias: Panels
  let dOwn: Panels
  let inputTransposed: Panels
  let recurrentTransposed: Panels

  init(_ unit: RecurrentUnit, prefix: String, hidden: Int, input: LayerInput, plan: WorkspacePlan) {
    let layout = plan.network.layout.parameters
    let units = Panels.needed(for: hidden)
    let inputTensor = layout[prefix + "weight_ih"]
    let recurrent = { (flat: Panels) in
      unit.hasRecurrentBlocks
        ? layout[prefix + "weight_hh"].panels(in: flat) : flat.view(from: 0, rows: 0, count: 0)
    }
    // The GRU's second bias and a unit's own parameters follow the first bias without a gap.
    let firstRow = layout[prefix + "bias"].offset
    let ownCount = unit.ownParameters * units
    let rows = { (flat: Panels, first: Int, count: Int) in
      flat.view(from: first, rows: 1, count: count)
    }
    inputWeights = inputTensor.panels(in: plan.network.parameters)
    recurrentWeights = recurrent(plan.network.parameters)
    bias = rows(plan.network.parameters, firstRow, unit.blocks * units)
    own = rows(plan.network.parameters, firstRow + unit.blocks * units, ownCount)
    dInputWeights = inputTensor.panels(in: plan.network.gradients)
    dRecurrentWeights = recurrent(plan.network.gradients)
    dBias = rows(plan.network.gradients, firstRow, unit.blocks * units)
    dOwn = rows(plan.network.gradients, firstRow + unit.blocks * units, ownCount)
    let trained = plan.trains ? 1 : 0
    var inputPanels = 0
    // Tokens look their row up; nothing is multiplied.
    var format = WeightFormat.f32
    if case .activation(let below) = input {
      format = plan.weights
      // What the input's gradient is needed for is not only the layer below, but also earlier rounds.
      if below.hasGradient || unit.rounds > 0 { inputPanels = below.panels.count }
    }
    inputMatrix = WeightMatrix(inputWeights, format, plan.arena)
    recurrentMatrix = WeightMatrix(recurrentWeights, plan.weights, plan.arena)
    inputTransposed = plan.arena.panels(
      rows: unit.inputBlocks.count * units * Panels.width * trained, count: inputPanels)
    recurrentTransposed = plan.arena.panels(
      rows: unit.recurrentBlocks.count * units * Panels.width * trained, count: units)
  }
}
