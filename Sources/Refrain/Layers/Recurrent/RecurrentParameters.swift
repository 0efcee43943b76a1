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
    let units = Panels.needed(for: hidden)
    (inputWeights, dInputWeights) = plan.parameters[prefix + "weight_ih"]
    if unit.hasRecurrentBlocks {
      (recurrentWeights, dRecurrentWeights) = plan.parameters[prefix + "weight_hh"]
    } else {
      (recurrentWeights, dRecurrentWeights) = plan.parameters.vectors(
        from: prefix + "weight_ih", count: 0)
    }
    // The GRU's second bias and a unit's own parameters follow the first bias without a gap.
    (bias, dBias) = plan.parameters.vectors(from: prefix + "bias", count: unit.blocks * units)
    (own, dOwn) = plan.parameters.vectors(
      from: prefix + "bias", skipping: unit.blocks * units, count: unit.ownParameters * units)
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
