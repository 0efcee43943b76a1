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
  private let cells: [CustomCell]

  /// The sizes of a network of that description.
  ///
  /// - Parameter cells: the user's own units that the description names.
  /// - Throws: ``ModelDescriptionError`` if there can be no such network.
  public init(_ description: ModelDescription, cells: [CustomCell] = []) throws {
    self.description = description
    self.cells = cells
    let layout = try ParameterLayout(description, cells: cells)
    parameters = Arena.byteCount(rows: Double(layout.parameters.rows), panels: 1)
    statistics = Arena.byteCount(rows: Double(layout.statistics.rows), panels: 1)
  }

  /// Bytes of a training without its workspaces and its corpus: the network, the optimizer's moments, and for
  /// a while three times what a model file of both holds, as it is put together.
  package func training(with optimizer: Optimizer) -> Double {
    let moments = Double(optimizer.momentNames.count)
    return network + parameters * moments + 3 * (parameters * (1 + moments) + statistics)
  }

  /// Bytes of a ``Workspace`` for batches of at most `steps` by `sequences`:
  /// ``Workspace/byteCount``, known before.
  ///
  /// - Parameter sourceSteps: the most steps of what an encoder reads; nil: as many.
  public func workspace(
    steps: Int, sourceSteps: Int? = nil, sequences: Int, mode: Workspace.Mode,
    weights: WeightFormat = .f32
  ) -> Double {
    var sum = WorkspaceSum(sequences: sequences, trains: mode == .training, weights: weights)
    var source: (size: Int, steps: Int)?
    if let encoder = description.encoder {
      sum.begin(steps: sourceSteps ?? steps)
      let size = add(encoder.layers, encoder.input, to: &sum)
      if !encoder.saysOnlyLast { sum.addPooling(size) }
      source = (size, sourceSteps ?? steps)
      sum.addBatch(isSource: true, looksAhead: encoder.looksAhead)
    }
    sum.begin(steps: steps)
    let outputs = add(description.layers, description.input, to: &sum, source: source)
    sum.addHead(description.output, inputs: outputs)
    sum.addBatch(looksAhead: description.looksAhead)
    if description.saysOnlyLast { sum.addLastStepRows() }
    return sum.bytes
  }

  /// Adds layers that stand one on the other.
  ///
  /// - Parameter source: the values of an encoder's steps, and how many steps there are at most.
  /// - Returns: the number of values that the last layer says.
  private func add(
    _ layers: [LayerDescription], _ input: ModelDescription.Input, to sum: inout WorkspaceSum,
    source: (size: Int, steps: Int)? = nil
  ) -> Int {
    // A layer that reads tokens gives no gradient to anything below.
    var inputs: Int?
    if input.isFrames {
      sum.addActivation(input.size, hasGradient: false)
      inputs = input.size
    }
    for layer in layers {
      let size = inputs ?? 0
      switch layer {
      case .embedding(let size): sum.addActivation(size)
      case .recurrent(let kind, let hidden):
        guard let unit = try? RecurrentUnit(kind, cells: cells) else { continue }
        sum.addRecurrent(unit, hidden: hidden, inputs: inputs)
        if let source { sum.addStart(unit, hidden: hidden, summary: source.size) }
      case .dense(let outputs, _, _):
        sum.addWeights(outputs: outputs, inputs: size)
        sum.addActivation(outputs)
      case .dropout(let rate): if rate > 0 { sum.addDropout(size) }
      case .noise(let deviation): if deviation > 0 { sum.addNoise(size) }
      case .convolution(let outputs, let width, _, _, let isResidual):
        sum.addConvolution(
          outputs, width: width, stepsBack: layer.stepsBack, isResidual: isResidual, inputs: size)
      case .layerNorm: sum.addLayerNorm(size)
      case .batchNorm:
        sum.addBatchNorm(size, normalisesFrames: description.normalisesFrames)
      case .bidirectional(let kind, let hidden):
        guard let unit = try? RecurrentUnit(kind, cells: cells) else { continue }
        sum.addBidirectional(unit, hidden: hidden, inputs: size)
      case .lastStep: sum.addPooling(size)
      case .meanOverTime: sum.addPooling(size)
      case .maxOverTime: sum.addPooling(size, keepsGradient: true)
      case .attention(let outputs):
        if let source { sum.addAttention(outputs, inputs: size, source: source) }
      case .repeatOverTime: if let source { sum.addRepeat(size, summary: source.size) }
      }
      inputs = layer.outputs(inputs: size)
    }
    return inputs ?? 0
  }
}
