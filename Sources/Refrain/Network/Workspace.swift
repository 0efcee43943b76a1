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
  /// The most sequences of one batch.
  public let sequences: Int
  let pool: ThreadPool
  let kernels: any KernelSet.Type
  private let memory = PanelMemory()
  let layers: [any Layer]
  let head: any OutputHead
  private let tokens: SharedRow<Int32>
  private let targets: SharedRow<Int32>
  private let starts: SharedRow<Int32>
  private let lengths: SharedRow<Int32>
  /// Empty where nothing reads backwards.
  private let mirrored: SharedRow<Int32>
  /// Tokens and targets of the last step, for a network whose output follows whole sequences.
  private let lastStep: (layer: Int, tokens: SharedRow<Int32>, targets: SharedRow<Int32>)?
  /// The frames that batches name by number, for a network that reads frames.
  public var frames: FrameTable?
  private let gradientItems: [(layer: Int, item: Int)]
  private let transposeItems: [(layer: Int, item: Int)]
  private(set) var lastPass: Pass?
  /// The first sequences whose state is what the network remembers; a smaller batch's outputs lie where
  /// the states of the others were.
  var remembered: Int

  /// Plans the memory for batches of at most `steps` by `sequences`.
  ///
  /// - Parameters:
  ///   - weights: the format that products read the weights in. Another than `f32` is for inference only,
  ///     and a copy of the weights as they are now.
  ///   - threads: how many to use; 0 means all cores. The results never depend on it.
  public convenience init(
    _ network: Network, steps: Int, sequences: Int, mode: Mode, weights: WeightFormat = .f32,
    threads: Int = 0, kernels: KernelChoice = .best
  ) {
    self.init(
      network, steps: steps, sequences: sequences, mode: mode, weights: weights,
      pool: ThreadPool(count: threads), kernels: kernels)
  }

  package init(
    _ network: Network, steps: Int, sequences: Int, mode: Mode, weights: WeightFormat = .f32,
    pool: ThreadPool, kernels: KernelChoice
  ) {
    precondition(
      mode == .inference || weights == .f32, "a network is trained with weights of single precision"
    )
    precondition(steps > 0 && sequences > 0, "a workspace holds at least one step of one sequence")
    self.network = network
    self.steps = steps
    self.sequences = sequences
    remembered = sequences
    self.pool = pool
    self.kernels = kernels.kernels
    let plan = WorkspacePlan(
      steps: steps, batch: sequences, trains: mode == .training, weights: weights)
    layers = plan.layers(of: network, memory)
    guard let last = layers.last else { preconditionFailure("A network has at least one layer.") }
    head = plan.head(of: network, input: last.output, memory)
    tokens = memory.row(of: Int32.self, count: steps * sequences)
    targets = memory.row(of: Int32.self, count: steps * sequences)
    starts = memory.row(of: Int32.self, count: steps * sequences)
    lengths = memory.row(of: Int32.self, count: sequences)
    mirrored = memory.row(
      of: Int32.self, count: network.description.looksAhead ? steps * sequences : 0)
    if let layer = layers.firstIndex(where: { $0 is PoolingLayer }) {
      lastStep = (
        layer, memory.row(of: Int32.self, count: sequences),
        memory.row(of: Int32.self, count: sequences)
      )
    } else {
      lastStep = nil
    }
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
  public var byteCount: Int { memory.byteCount }

  // MARK: - Running

  /// Reads a batch and keeps the state after it. ``logits(step:sequence:)`` then tells what the network
  /// says.
  public func forward(_ batch: Batch) { forward(load(batch, step: 0, seed: 0)) }

  /// Reads one token of one sequence, as ``forward(_:)`` of a batch of one would.
  func advance(_ token: Int32) {
    precondition(
      token >= 0 && token < tokenCount, "a token lies outside the vocabulary")
    tokens[0] = token
    lastStep?.tokens[0] = token
    lastStep?.targets[0] = Batch.uncounted
    targets[0] = Batch.uncounted
    starts[0] = 0
    lengths[0] = 1
    let pass = Pass(
      kernels: kernels, groups: SequenceGroups(steps: 1, batch: 1), tokens: tokens,
      targets: targets, starts: starts, lengths: lengths, mirrored: mirrored, hasPadding: false,
      frameTable: frames?.rows ?? nil, hasStarts: false, counted: 0, step: 0, seed: 0,
      dividesSequences: dividesSequences(1))
    lastPass = pass
    forward(pass)
  }

  private func forward(_ pass: Pass) {
    pool.run { share in
      forwardLayers(pass, share)
      head.forward(self.pass(layers.count, of: pass), share)
      share.meet()
      carry(pass, share)
    }
  }

  /// The mean loss of a batch in nats per counted target; keeps the state after it.
  public func loss(_ batch: Batch) -> Double {
    let pass = load(batch, step: 0, seed: 0)
    pool.run { share in
      forwardLayers(pass, share)
      head.loss(self.pass(layers.count, of: pass), share, trains: false)
      share.meet()
      carry(pass, share)
    }
    return meanLoss(pass)
  }

  /// The mean loss of a batch in nats per counted target, and its gradient in the network. Only in a
  /// workspace made for training.
  ///
  /// - Parameters:
  ///   - step: the number of the training step, which decides what dropout drops.
  ///   - seed: the seed of dropout's masks.
  public func gradient(_ batch: Batch, step: Int = 0, seed: UInt64 = 0) -> Double {
    let pass = load(batch, step: UInt64(step), seed: seed)
    pool.run { share in
      forwardBackward(pass, share)
      carry(pass, share)
    }
    return meanLoss(pass)
  }

  private func forwardBackward(_ pass: Pass, _ share: ThreadShare) {
    for index in Swift.stride(from: share.index, to: transposeItems.count, by: share.count) {
      let (layer, item) = transposeItems[index]
      if layer < layers.count {
        layers[layer].transpose(item, pass)
      } else {
        head.transpose(item, pass)
      }
    }
    share.meet()
    forwardLayers(pass, share)
    head.loss(self.pass(layers.count, of: pass), share, trains: true)
    for index in layers.indices.reversed() {
      if !pass.dividesSequences { share.meet() }
      layers[index].backward(self.pass(index, of: pass), share)
    }
    share.meet()
    while case let index = share.nextItem(), index < gradientItems.count {
      let (layer, item) = gradientItems[index]
      if layer < layers.count {
        layers[layer].parameterGradient(item, self.pass(layer, of: pass))
      } else {
        head.parameterGradient(item, self.pass(layer, of: pass))
      }
    }
    share.meet()
    for layer in layers { layer.finishGradient(pass, share) }
  }

  /// The layers, first to last; what each thread needs of the last layer is there afterwards.
  private func forwardLayers(_ pass: Pass, _ share: ThreadShare) {
    for index in layers.indices {
      layers[index].forward(self.pass(index, of: pass), share)
      if !pass.dividesSequences { share.meet() }
    }
  }

  /// The pass as layer `layer` sees it; the head comes after all layers.
  func pass(_ layer: Int, of pass: Pass) -> Pass {
    guard let lastStep, layer > lastStep.layer else { return pass }
    return pass.lastStep(tokens: lastStep.tokens, targets: lastStep.targets)
  }

  /// Sequences per thread from which on dividing them keeps the product's tiles full.
  private static let fewSequences = 6

  private func dividesSequences(_ sequences: Int) -> Bool {
    pool.count == 1 || sequences >= Self.fewSequences * pool.count
  }

  private func load(_ batch: Batch, step: UInt64, seed: UInt64) -> Pass {
    precondition(
      batch.steps <= steps && batch.sequences <= sequences,
      "the batch is larger than the workspace was planned for")
    if batch.sequences > remembered { forget(remembered..<batch.sequences) }
    remembered = batch.sequences
    let (size, outputs) = (tokenCount, targetCount)
    let groups = SequenceGroups(steps: batch.steps, batch: batch.sequences)
    var hasStarts = false
    var counted = 0
    loadLengths(batch, groups)
    for part in groups.parts(of: 0..<batch.sequences) {
      for step in 0..<batch.steps {
        let rows = part.step(step).rows
        for (row, sequence) in zip(rows, part.sequences) {
          let i = step * batch.sequences + sequence
          let token = batch.tokens[i]
          let target = batch.targets[i]
          let length = batch.lengths[sequence]
          precondition(token >= 0 && token < size, "a token lies outside the vocabulary")
          precondition(target < outputs, "a target lies outside the output")
          precondition(target < 0 || step < length, "no target counts beyond a sequence's end")
          tokens[row] = token
          targets[row] = target
          // Before the first step the state itself is set to zero.
          let isInside = step > 0 && batch.starts[i]
          precondition(
            !isInside || mirrored.count == 0, "what is read from its end is one document")
          starts[row] = isInside ? 1 : 0
          if isInside { hasStarts = true }
          if step == 0 && batch.starts[i] { forget(sequence: sequence) }
          if let lastStep {
            if step != length - 1 { continue }
            lastStep.tokens[sequence] = token
            lastStep.targets[sequence] = target
          }
          if target >= 0 { counted += 1 }
        }
      }
    }
    let pass = Pass(
      kernels: kernels, groups: groups, tokens: tokens, targets: targets, starts: starts,
      lengths: lengths, mirrored: mirrored, hasPadding: batch.hasPadding,
      frameTable: frames?.rows ?? nil, hasStarts: hasStarts, counted: counted, step: step,
      seed: seed, dividesSequences: dividesSequences(batch.sequences))
    lastPass = pass
    return pass
  }

  private func loadLengths(_ batch: Batch, _ groups: SequenceGroups) {
    for sequence in 0..<batch.sequences {
      let length = batch.lengths[sequence]
      lengths[sequence] = Int32(length)
      if mirrored.count == 0 { continue }
      for step in 0..<batch.steps {
        let mirror = step < length ? length - 1 - step : step
        mirrored[groups.row(step: step, sequence: sequence)] = Int32(
          groups.row(step: mirror, sequence: sequence))
      }
    }
  }

  /// Tokens below this can be read: of the vocabulary, or frames that there are.
  private var tokenCount: Int32 {
    Int32(network.description.readsFrames ? frames?.count ?? 0 : network.description.inputSize)
  }

  /// Targets below this can be predicted.
  private var targetCount: Int32 {
    Int32(network.description.saysFrames ? frames?.count ?? 0 : network.description.outputSize)
  }

  private func meanLoss(_ pass: Pass) -> Double {
    var sum = 0.0
    let losses = head.losses
    for row in 0..<self.pass(layers.count, of: pass).rows { sum += Double(losses[row]) }
    return sum / Double(max(pass.counted, 1))
  }

  private func carry(_ pass: Pass, _ share: ThreadShare) {
    for layer in layers { layer.memory?.carry(pass, share) }
  }
}
