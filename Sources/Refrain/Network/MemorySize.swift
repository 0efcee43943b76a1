/// How much memory a network and its workspaces take, from the description alone: nothing is allocated.
///
/// The formula in words and symbols: `Documentation/Memory.md`. Sizes are floating-point numbers, which
/// no description overflows; they are exact up to 2⁵³ bytes.
public struct MemorySize: Sendable {
  /// Bytes of one copy of all parameters. A ``Network`` holds two, weights and gradients; an optimizer
  /// one per moment: Adam two, RMSProp and SGD one.
  public let parameters: Double
  private let description: ModelDescription
  /// The recurrent unit of each layer, where it is recurrent.
  private let units: [RecurrentUnit?]

  /// The sizes of a network of that description.
  ///
  /// - Parameter cells: the user's own units that the description names.
  /// - Throws: ``ModelDescriptionError`` if there can be no such network.
  public init(_ description: ModelDescription, cells: [CustomCell] = []) throws {
    try description.validate()
    self.description = description
    units = try description.layers.map { layer in
      guard case .recurrent(let kind, _) = layer else { return nil }
      return try RecurrentUnit(kind, cells: cells)
    }
    parameters = Self.parameters(description, units)
  }

  /// The number as whole panels: `P(n) = 16 · ⌈n / 16⌉`.
  private static func padded(_ columns: Int) -> Double {
    Double(Panels.needed(for: columns) * Panels.width)
  }

  private static func parameters(
    _ description: ModelDescription, _ units: [RecurrentUnit?]
  ) -> Double {
    var values = 0.0
    var inputs = description.vocabularySize
    for (layer, unit) in zip(description.layers, units) {
      switch layer {
      case .embedding(let size):
        values += Double(inputs) * padded(size)
        inputs = size
      case .recurrent(_, let hidden):
        guard let unit else { continue }
        let h = padded(hidden)
        values += Double(unit.inputBlocks.count) * h * padded(inputs)
        values += Double(unit.recurrentBlocks.count) * h * h
        values += Double(unit.blocks + unit.ownParameters) * h
        inputs = hidden
      case .dense(let size, _):
        values += padded(size) * (padded(inputs) + 1)
        inputs = size
      case .dropout: break
      }
    }
    values += padded(description.outputSize) * (padded(inputs) + 1)
    return PanelMemory.byteCount(values: values)
  }

  // MARK: - The workspace

  /// Bytes of a ``Workspace`` for batches of at most `steps` by `sequences`:
  /// ``Workspace/byteCount``, known before.
  public func workspace(
    steps: Int, sequences: Int, mode: Workspace.Mode, weights: WeightFormat = .f32
  ) -> Double {
    var sum = WorkspaceSum(
      steps: steps, sequences: sequences, trains: mode == .training, weights: weights)
    // A layer that reads tokens gives no gradient to anything below.
    var inputs: Int?
    for (layer, unit) in zip(description.layers, units) {
      switch layer {
      case .embedding(let size):
        sum.addActivation(size)
        inputs = size
      case .recurrent(_, let hidden):
        if let unit { sum.addRecurrent(unit, hidden: hidden, inputs: inputs) }
        inputs = hidden
      case .dense(let size, _):
        sum.addActivation(size)
        sum.addWeights(outputs: Self.padded(size), inputs: inputs ?? 0)
        inputs = size
      case .dropout(let rate):
        if rate > 0 { sum.addDropout(inputs ?? 0) }
      }
    }
    sum.addHead(description.outputSize, inputs: inputs ?? 0)
    return sum.bytes
  }
}
