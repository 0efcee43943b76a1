/// The memory that a network computes in, planned once for a number of steps and sequences; a smaller
/// batch uses a part of it. Nothing is allocated afterwards.
///
/// A workspace carries the network's state from one batch to the next. A sequence that the batch before
/// did not have begins with a state of zero.
public final class Workspace {
  /// What a workspace is made for.
  public enum Mode: Sendable {
    /// Forward and backward, dropout active.
    case training
    /// Forward only, nothing dropped.
    case inference
  }

  /// The network that runs here.
  public let network: Network
  /// The most steps of one batch.
  public let steps: Int
  /// The most steps of what an encoder reads.
  public let sourceSteps: Int
  /// The most sequences of one batch.
  public let sequences: Int
  let pool: ThreadPool
  /// How many threads of the pool work where they have to meet often.
  package let threads: ThreadChoice
  let kernels: any KernelSet.Type
  private let arena: Arena
  let layers: [any Layer]
  /// States that are kept from pass to pass, layer by layer.
  let keptStates: [any LayerState]
  /// Which part of a pass each layer belongs to; the output comes after all layers.
  let sections: [Section]
  let head: any OutputHead
  let rows: BatchRows
  /// What the encoder reads, for a network that has one.
  let sourceRows: BatchRows?
  /// For a network whose output follows whole sequences.
  let lastStep: LastStepRows?
  /// The frames that a batch's tokens are numbers of, for a network that reads frames; each has as many
  /// values as the network reads.
  public var frames: FrameTable? {
    didSet {
      if network.description.readsFrames { expect(network.description.inputSize, of: frames) }
    }
  }
  /// The frames or labels that a batch's targets are numbers of, for a network that outputs such, each of as
  /// many values as the network outputs; nil: those of ``frames``.
  public var targetFrames: FrameTable? {
    didSet {
      if network.description.predictsFrames {
        expect(network.description.outputSize, of: targetFrames)
      }
    }
  }
  private let gradientItems: [(layer: Int, item: Int)]
  private let transposeItems: [(layer: Int, item: Int)]
  /// The frames that what the encoder reads are numbers of, for an encoder that reads frames.
  public var sourceFrames: FrameTable? {
    didSet {
      if let input = network.description.encoder?.input, input.isFrames {
        expect(input.size, of: sourceFrames)
      }
    }
  }
  var lastPass: Passes?
  /// What every token that is read alone goes through, where it depends on nothing else: a generator's step is
  /// short.
  var passOfOneToken: Passes?
  /// What the encoder has read last.
  var encoderPass: Pass?
  /// How many sequences, the first ones, have a state that is kept; a smaller batch's outputs lie where
  /// the states of the others were.
  var keptSequences: Int

  /// Plans the memory for batches of at most `steps` by `sequences`.
  ///
  /// - Parameters:
  ///   - network: the network to run.
  ///   - steps: the most time steps of a batch.
  ///   - sourceSteps: the most steps of what an encoder reads; nil: as many.
  ///   - sequences: the most sequences of a batch.
  ///   - mode: whether the workspace trains or only runs forward.
  ///   - weights: the format that products read the weights in. Another than `f32` is for inference only, and a
  ///     copy of the weights as they are now.
  ///   - threads: how many to use; 0 means all cores. The results never depend on it.
  ///   - kernels: the set of kernels to compute with; another set may change the last bits.
  public convenience init(
    _ network: Network, steps: Int, sourceSteps: Int? = nil, sequences: Int, mode: Mode,
    weights: WeightFormat = .f32, threads: Int = 0, kernels: KernelChoice = .best
  ) {
    self.init(
      network, steps: steps, sourceSteps: sourceSteps, sequences: sequences, mode: mode,
      weights: weights, pool: ThreadPool(count: threads), kernels: kernels)
  }

  package init(
    _ network: Network, steps: Int, sourceSteps: Int? = nil, sequences: Int, mode: Mode,
    weights: WeightFormat = .f32, pool: ThreadPool, kernels: KernelChoice
  ) {
    precondition(
      mode == .inference || weights == .f32, "a network is trained with weights of single precision"
    )
    precondition(
      steps > 0 && sequences > 0 && sourceSteps ?? 1 > 0,
      "a workspace holds at least one step of one sequence")
    let description = network.description
    self.network = network
    self.steps = steps
    self.sourceSteps = sourceSteps ?? steps
    self.sequences = sequences
    keptSequences = sequences
    self.pool = pool
    self.threads = ThreadChoice(of: pool)
    self.kernels = kernels.kernels
    arena = Arena()
    let parts = WorkspaceParts(
      description,
      WorkspacePlan(
        network.store, cells: network.cells, arena: arena, steps: steps,
        sourceSteps: self.sourceSteps, batch: sequences,
        trains: mode == .training, weights: weights, kernels: kernels))
    layers = parts.layers.map(\.layer)
    keptStates = layers.compactMap(\.state).filter { $0.isKept }
    sections = parts.layers.map(\.section) + [description.predictsOnlyLast ? .lastStep : .steps]
    head = parts.head
    rows = parts.rows
    sourceRows = parts.sourceRows
    lastStep = parts.lastStep
    // The last layer's gradient is ready first, and the head comes after all layers.
    let counts = layers.map(\.gradientCount) + [head.gradientCount]
    gradientItems = counts.enumerated().reversed().flatMap { layer, count in
      (0..<count).map { (layer, $0) }
    }
    let transposes = layers.map(\.transposeCount) + [head.transposeCount]
    transposeItems = transposes.enumerated().flatMap { layer, count in
      (0..<count).map { (layer, $0) }
    }
  }

  /// Bytes that the workspace takes.
  public var byteCount: Int { Int(arena.byteCount) }

  // MARK: - Running

  /// Reads a batch and keeps the state after it. ``logits(step:sequence:)`` then tells what the network
  /// says.
  public func forward(_ batch: Batch) { forward(load(batch, step: 0, seed: 0)) }

  /// Reads one token of one sequence, as ``forward(_:)`` of a batch of one would.
  func advance(_ token: Int32) {
    forward(load(token))
  }

  private func forward(_ passes: Passes) {
    run(passes) { share in
      forwardLayers(passes, share)
      head.forward(passes[outputSection], share)
      share.meet()
      carry(passes, share)
    }
  }

  /// The mean loss of a batch in nats per counted target; keeps the state after it.
  public func loss(_ batch: Batch) -> Double {
    let passes = load(batch, step: 0, seed: 0)
    run(passes) { share in
      forwardLayers(passes, share)
      head.loss(passes[outputSection], share, trains: false)
      share.meet()
      carry(passes, share)
    }
    return meanLoss(passes)
  }

  /// The mean loss of a batch in nats per counted target, and its gradient in the network. Only in a
  /// workspace made for training.
  ///
  /// - Parameters:
  ///   - batch: the inputs and targets.
  ///   - step: the number of the training step, which decides what dropout drops.
  ///   - seed: the seed of dropout's masks.
  public func gradient(_ batch: Batch, step: Int = 0, seed: UInt64 = 0) -> Double {
    precondition(
      sourceRows == nil || batch.source != nil, "an encoder is trained with what it should read")
    let passes = load(batch, step: UInt64(step), seed: seed)
    run(passes) { share in
      forwardBackward(passes, share)
      carry(passes, share)
    }
    return meanLoss(passes)
  }

  private func run(_ passes: Passes, _ body: (ThreadShare) -> Void) {
    // Threads with sequences of their own seldom meet, and all of them gain also on a busy machine.
    if haveOwnSequences(passes[.steps].groups.batch, threads: pool.count) {
      pool.run(body)
    } else {
      threads.run(body)
    }
  }

  private func forwardBackward(_ passes: Passes, _ share: ThreadShare) {
    let main = passes[.steps]
    for index in Swift.stride(from: share.index, to: transposeItems.count, by: share.count) {
      let (layer, item) = transposeItems[index]
      if layer < layers.count {
        layers[layer].transpose(item, main)
      } else {
        head.transpose(item, main)
      }
    }
    share.meet()
    forwardLayers(passes, share)
    head.loss(passes[outputSection], share, trains: true)
    for index in layers.indices.reversed() {
      if !main.dividesSequences { share.meet() }
      layers[index].backward(passes[sections[index]], share)
    }
    share.meet()
    while case let index = share.nextItem(), index < gradientItems.count {
      let (layer, item) = gradientItems[index]
      if layer < layers.count {
        layers[layer].parameterGradient(item, passes[sections[layer]])
      } else {
        head.parameterGradient(item, passes[outputSection])
      }
    }
    share.meet()
    for index in layers.indices { layers[index].finishGradient(passes[sections[index]], share) }
  }

  /// The layers, first to last; what each thread needs of the last layer is there afterwards.
  private func forwardLayers(_ passes: Passes, _ share: ThreadShare) {
    for index in layers.indices where passes.has(sections[index]) {
      layers[index].forward(passes[sections[index]], share)
      if !passes.dividesSequences { share.meet() }
    }
  }

  private var outputSection: Section { sections[layers.count] }

  private func meanLoss(_ passes: Passes) -> Double {
    var sum = 0.0
    let losses = head.losses
    for row in 0..<passes[outputSection].rows { sum += Double(losses[row]) }
    return sum / Double(max(passes[.steps].counted, 1))
  }

  private func carry(_ passes: Passes, _ share: ThreadShare) {
    for state in keptStates { state.carry(passes[.steps], share) }
  }

  /// The last batch as the output saw it.
  var outputPass: Pass {
    guard let lastPass else { preconditionFailure("nothing has gone forward yet") }
    return lastPass[outputSection]
  }
}
