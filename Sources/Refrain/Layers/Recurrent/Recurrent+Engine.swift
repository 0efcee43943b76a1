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
    if case .cell(let cell) = unit.code {
      return layer(CustomCellOperations(cell: cell, hidden: hidden))
    }
    guard let kernel = unit.kernel(plan.kernels) else {
      preconditionFailure("A built-in unit has a kernel.")
    }
    if unit.rounds == 0 { return layer(KernelOperations(kernel: kernel)) }
    return MogrifierLayer(
      unit, kernel: kernel, hidden: hidden, prefix: prefix, input: input.activation,
      parameters: parameters, beginning: beginning, plan: plan)
  }
}
