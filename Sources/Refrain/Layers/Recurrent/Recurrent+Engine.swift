extension Recurrent {
  /// What runs the layer; its state before the first step comes from where `beginning` says.
  func engine(
    _ prefix: String, _ input: LayerInput, beginning: StateBeginning, _ plan: WorkspacePlan
  ) -> any RecurrentEngine {
    guard let unit = try? RecurrentUnit(cell, cells: plan.cells) else {
      preconditionFailure("The network was made with a unit that is not known: \(cell).")
    }
    let parameters = RecurrentParameters(
      unit, prefix: prefix, hidden: hidden, input: input, plan: plan)
    func layer<Operations: CellOperations>(_ operations: Operations) -> any RecurrentEngine {
      RecurrentLayer(
        unit, hidden: hidden, input: input, parameters: parameters, operations: operations,
        beginning: beginning, plan: plan)
    }
    switch cell {
    case .rnn: return layer(RNNOperations())
    case .lstm: return layer(LSTMOperations())
    case .gru: return layer(GRUOperations())
    case .peepholeLSTM: return layer(PeepholeLSTMOperations(peepholes: parameters.own))
    case .coupledLSTM: return layer(CoupledLSTMOperations())
    case .minGRU: return layer(MinGRUOperations())
    case .minLSTM: return layer(MinLSTMOperations())
    case .mogrifierLSTM:
      return MogrifierLayer(
        unit, hidden: hidden, prefix: prefix, input: input.activation, parameters: parameters,
        beginning: beginning, plan: plan)
    case .custom:
      guard let cell = unit.custom else { preconditionFailure("A unit of the user's has a cell.") }
      return layer(
        CustomCellOperations(cell: cell, hidden: hidden, parameters: parameters.own))
    }
  }
}
