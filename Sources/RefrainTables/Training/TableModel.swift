public import Refrain

/// The size and kind of a network that learns from a table.
public struct TableModel: Codable, Equatable, Sendable {
  /// What becomes one step, where one answer follows a whole sequence.
  public enum Pooling: String, Codable, CaseIterable, Sendable {
    /// The last step.
    case last
    /// The mean of all steps.
    case mean
    /// Of each value the greatest of all steps.
    case max
  }

  /// What layers that read or predict a sequence are made of; those that predict step by step are recurrent.
  public var cell = SequenceUnit.lstm
  /// Units of each layer: `H`; with one step only, outputs of each dense layer.
  public var hidden = 128
  /// Layers, of an encoder as of a decoder; with one step only, dense layers with tanh. Without
  /// any, one to one is linear or softmax regression, and many to one a mean of each step's output.
  public var layers = 1
  /// The size of each token's learned vector, 1 or more.
  public var embedding = 64
  /// The probability with which each value that a layer outputs is dropped while training.
  public var dropout: Float = 0
  /// Whether sequences are read from both ends; nil: recurrent units read tokens so, and numbers only before
  /// a decoder.
  public var isBidirectional: Bool?
  /// What becomes one step, for many to one; nil: the maximum if sequences are read from both ends (Conneau et
  /// al. 2017) or by convolutions (Kim 2014), the mean without layers, else the last step.
  public var pooling: Pooling?
  /// The size of the attention that a decoder pays to all steps that were read; 0: none; nil: `hidden`.
  public var attention: Int?

  /// A network of one layer.
  public init() {}

  /// The network for a task.
  ///
  /// - Throws: ``TableTrainingError``.
  public func description(of task: TableTask) throws -> ModelDescription {
    try check(task.scheme)
    let input: ModelDescription.Input =
      task.input.hasFrames ? .frames(task.input.size) : .tokens(task.input.size)
    switch task.scheme {
    case .oneToOne:
      return ModelDescription(
        input: input, output: task.output, layers: embedded(task.input) + dense + last(task.target))
    case .manyToOne:
      let pooled = body(task.input, bothWays: readsBothWays(task)) + [pooled(task)]
      return ModelDescription(
        input: input, output: task.output,
        layers: embedded(task.input) + pooled + last(task.target))
    case .manyToMany:
      return ModelDescription(
        input: input, output: task.output,
        layers: embedded(task.input) + body(task.input, bothWays: readsBothWays(task))
          + last(task.target))
    case .oneToMany:
      let encoder = embedded(task.input) + (task.input.hasFrames ? dense : [])
      return decoder(of: task, after: .init(input: input, layers: encoder))
    case .manyToManyDelayed:
      let encoder =
        embedded(task.input) + body(task.input, bothWays: isBidirectional ?? true)
      return decoder(of: task, after: .init(input: input, layers: encoder))
    }
  }

  private func decoder(
    of task: TableTask, after encoder: ModelDescription.Encoder
  ) -> ModelDescription {
    let recurrent = body(task.target, bothWays: false)
    let layers: [LayerDescription]
    if task.scheme == .oneToMany {
      // What was read is one step: it is seen at every step that is predicted.
      layers = [.repeatOverTime] + recurrent
    } else {
      let size = attention ?? hidden
      layers = recurrent + (size > 0 ? [.attention(size: size)] + dropped : [])
    }
    return ModelDescription(
      input: .tokens(task.target.size + 1), output: task.output, encoder: encoder,
      layers: embedded(task.target) + layers)
  }

  private func readsBothWays(_ task: TableTask) -> Bool {
    isBidirectional ?? (cell.isRecurrent && !task.input.hasFrames)
  }

  private func pooled(_ task: TableTask) -> LayerDescription {
    let standard: Pooling =
      layers == 0 ? .mean : readsBothWays(task) || !cell.isRecurrent ? .max : .last
    return switch pooling ?? standard {
    case .last: .lastStep
    case .mean: .meanOverTime
    case .max: .maxOverTime
    }
  }

  private var dropped: [LayerDescription] { dropout == 0 ? [] : [.dropout(rate: dropout)] }

  private func embedded(_ format: RowFormat) -> [LayerDescription] {
    format.hasFrames ? [] : [.embedding(size: embedding)] + dropped
  }

  /// The layers that read or predict what has this format, above its embedding.
  private func body(_ format: RowFormat, bothWays: Bool) -> [LayerDescription] {
    if bothWays, case .recurrent(let kind) = cell {
      return (0..<layers).flatMap { _ in [.bidirectional(cell: kind, hidden: hidden)] + dropped }
    }
    let inputs = format.hasFrames ? format.size : embedding
    return cell.layers(inputs: inputs, hidden: hidden, count: layers, dropout: dropout)
  }

  private var dense: [LayerDescription] {
    (0..<layers).flatMap { _ in [.dense(size: hidden, activation: .tanh)] + dropped }
  }

  /// Numbers are predicted by a layer of their own.
  private func last(_ target: RowFormat) -> [LayerDescription] {
    switch target {
    case .numbers, .sequence: [.dense(size: target.size, activation: .linear)]
    case .text, .symbols, .label, .labels: []
    }
  }

  /// What a scheme has no use for is not passed over.
  private func check(_ scheme: Scheme) throws {
    func refuse(_ what: String, unless allowed: Bool) throws {
      if !allowed { throw TableTrainingError.notForScheme(what: what, scheme: scheme) }
    }
    try refuse(
      "A network without layers", unless: layers > 0 || scheme == .oneToOne || scheme == .manyToOne)
    let isPredictedStepByStep = scheme == .oneToMany || scheme == .manyToManyDelayed
    try refuse("The unit \(cell)", unless: cell.isRecurrent || !isPredictedStepByStep)
    if isBidirectional == true && !cell.isRecurrent {
      throw TableTrainingError.readsInOneDirection(cell)
    }
    try refuse("Reading from both ends", unless: isBidirectional != true || scheme.readsSteps)
    try refuse("Making one step of all", unless: pooling == nil || scheme == .manyToOne)
    try refuse("Attention", unless: (attention ?? 0) == 0 || scheme == .manyToManyDelayed)
  }
}
