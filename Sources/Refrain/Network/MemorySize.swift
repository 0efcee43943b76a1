/// How much memory a network and its workspaces take, from the description alone: nothing is allocated.
///
/// The formula in words and symbols: `Documentation/Memory.md`. Sizes are floating-point numbers, which
/// no description overflows; they are exact up to 2⁵³ bytes.
public struct MemorySize: Sendable {
  /// Bytes of one copy of all parameters. A ``Network`` holds two, weights and gradients; an optimizer
  /// one per moment: Adam two, RMSProp and SGD one.
  public let parameters: Double
  /// Bytes of what batch normalisation has met; a network holds it once.
  public let statistics: Double
  /// Bytes of a ``Network``.
  public var network: Double { 2 * parameters + statistics }
  private let description: ModelDescription
  /// The recurrent unit of each layer that has one.
  private let units: [RecurrentUnit?]

  /// The sizes of a network of that description.
  ///
  /// - Parameter cells: the user's own units that the description names.
  /// - Throws: ``ModelDescriptionError`` if there can be no such network.
  public init(_ description: ModelDescription, cells: [CustomCell] = []) throws {
    try description.validate()
    self.description = description
    units = try description.layers.map { layer in
      switch layer {
      case .recurrent(let kind, _), .bidirectional(let kind, _):
        return try RecurrentUnit(kind, cells: cells)
      default: return nil
      }
    }
    parameters = Self.parameters(description, units)
    statistics = Self.statistics(description)
  }

  /// The number as whole panels: `P(n) = 16 · ⌈n / 16⌉`.
  private static func padded(_ columns: Int) -> Double {
    Double(Panels.needed(for: columns) * Panels.width)
  }

  private static func parameters(
    _ description: ModelDescription, _ units: [RecurrentUnit?]
  ) -> Double {
    var values = 0.0
    var inputs = description.inputSize
    for (layer, unit) in zip(description.layers, units) {
      switch layer {
      case .embedding(let size):
        values += Double(inputs) * padded(size)
        inputs = size
      case .recurrent(_, let hidden):
        guard let unit else { continue }
        values += recurrent(unit, inputs: inputs, hidden: hidden)
        inputs = hidden
      case .bidirectional(_, let hidden):
        guard let unit else { continue }
        values += 2 * recurrent(unit, inputs: inputs, hidden: hidden)
        inputs = 2 * hidden
      case .dense(let size, _, _):
        values += padded(size) * (padded(inputs) + 1)
        inputs = size
      case .batchNorm: values += 2 * padded(inputs)
      case .dropout, .noise, .lastStep, .meanOverTime, .maxOverTime: break
      }
    }
    switch description.output {
    case .softmax(let size): values += padded(size) * (padded(inputs) + 1)
    case .linear: break
    case .mixture(let components, let size, let history):
      let outputs = padded(components) + 2 * Double(components) * padded(size)
      values += outputs * (padded(inputs) + 1) + Double(history) * padded(size)
    }
    return PanelMemory.byteCount(values: values)
  }

  private static func recurrent(_ unit: RecurrentUnit, inputs: Int, hidden: Int) -> Double {
    let h = padded(hidden)
    return Double(unit.inputBlocks.count) * h * padded(inputs)
      + Double(unit.recurrentBlocks.count) * h * h
      + Double(unit.blocks + unit.ownParameters) * h
  }

  private static func statistics(_ description: ModelDescription) -> Double {
    var values = 0.0
    var size = description.inputSize
    for layer in description.layers {
      if layer == .batchNorm { values += 2 * padded(size) }
      size = layer.outputs(inputs: size)
    }
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
    if description.readsFrames {
      sum.addActivation(description.inputSize, hasGradient: false)
      inputs = description.inputSize
    }
    for (layer, unit) in zip(description.layers, units) {
      let size = inputs ?? 0
      switch layer {
      case .embedding(let size): sum.addActivation(size)
      case .recurrent(_, let hidden):
        if let unit { sum.addRecurrent(unit, hidden: hidden, inputs: inputs) }
      case .dense(let outputs, _, _):
        sum.addWeights(outputs: Self.padded(outputs), inputs: size)
        sum.addActivation(outputs)
      case .dropout(let rate): if rate > 0 { sum.addDropout(size) }
      case .noise(let deviation): if deviation > 0 { sum.addNoise(size) }
      case .batchNorm:
        sum.addBatchNorm(size, normalisesFrames: description.normalisesFrames)
      case .bidirectional(_, let hidden):
        if let unit { sum.addBidirectional(unit, hidden: hidden, inputs: size) }
      case .lastStep: sum.addPooling(size)
      case .meanOverTime: sum.addPooling(size)
      case .maxOverTime: sum.addPooling(size, keepsGradient: true)
      }
      inputs = layer.outputs(inputs: size)
    }
    sum.addHead(description.output, inputs: inputs ?? 0)
    sum.addLengths(looksAhead: description.looksAhead)
    return sum.bytes
  }
}
