public import Refrain

/// A unit that takes part in a ``UnitComparison``, in a network as large as the others'.
public struct ComparedUnit: Equatable, Sendable {
  /// The unit.
  public let unit: SequenceUnit
  /// Values that each layer outputs.
  public let hidden: Int
  /// Layers: as many as the others', but for ``/Refrain/SequenceUnit/tcn`` as many as it takes to see as far
  /// back as a gradient reaches.
  public let layers: Int
  /// The network's description.
  public let description: ModelDescription
  /// How many values it learns.
  public let parameters: Int
  /// Bytes of the workspace that it is trained in.
  public let workspaceBytes: Double

  /// - Parameter parameters: the size that all networks are brought near to.
  init(_ unit: SequenceUnit, task: some ComparedTask, parameters: Int) throws {
    let network = { try task.network(of: unit, hidden: $0) }
    // What is wrong is told of the size that was asked for.
    try network(task.hidden).description.validate()
    hidden = try Self.size(nearest: parameters) {
      try network($0).description.parameterCount()
    }
    let chosen = try network(hidden)
    self.unit = unit
    layers = chosen.layers
    description = chosen.description
    self.parameters = try description.parameterCount()
    workspaceBytes = try task.workspaceBytes(of: description)
  }

  /// What the user should know if the network cannot be as large as the others.
  func remark(goal: Int) -> Sentence? {
    if abs(parameters - goal) * 20 <= goal { return nil }
    return
      "\(unit) has \(parameters.grouped) parameters, as near to the others as it gets; a larger "
      + "\(.hidden) brings them nearer."
  }

  /// The size from 1 whose count is nearest to `goal`; the count grows with the size.
  private static func size(nearest goal: Int, count: (Int) throws -> Int) throws -> Int {
    var (low, high) = (1, 1)
    while try count(high) < goal { (low, high) = (high, 2 * high) }
    while high - low > 1 {
      let middle = (low + high) / 2
      if try count(middle) < goal { low = middle } else { high = middle }
    }
    return try goal - count(low) < count(high) - goal ? low : high
  }
}
