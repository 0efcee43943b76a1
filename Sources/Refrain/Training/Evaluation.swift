/// How well a network predicts a corpus.
public struct Evaluation: Equatable, Sendable {
  /// The mean loss in nats per counted token.
  public let loss: Double
  /// The number of tokens that were predicted.
  public let tokens: Int
}

/// Measures a network's loss on a corpus.
///
/// The corpus is cut into streams that are read side by side. Each stream but the first begins some
/// tokens early, uncounted, so that its state is what reading from the beginning would have left.
public final class Evaluator {
  private let workspace: Workspace

  /// Streams read side by side at most.
  package static let mostStreams = 32
  /// Counted tokens that a stream has at least.
  private static let leastLength = 256
  /// Uncounted tokens in front of a stream.
  private static let warmUp = 100
  /// Steps of one batch.
  package static let steps = 64

  /// An evaluator of `network` as it is at the time of each ``evaluate(_:limit:)``.
  ///
  /// - Parameter weights: the format that the weights are read in; with another than `f32`, the network
  ///   is evaluated as it is now.
  public convenience init(_ network: Network, weights: WeightFormat = .f32, threads: Int = 0) {
    self.init(network, weights: weights, pool: ThreadPool(count: threads), kernels: .best)
  }

  init(
    _ network: Network, weights: WeightFormat = .f32, pool: ThreadPool, kernels: KernelChoice
  ) {
    workspace = Workspace(
      network, steps: Self.steps, sequences: Self.mostStreams, mode: .inference,
      weights: weights, pool: pool, kernels: kernels)
  }

  /// The loss on `corpus`, which has at least two tokens.
  ///
  /// - Parameter limit: evaluates at most this many tokens from the beginning; nil: all.
  /// - Throws: what reading the corpus throws.
  public func evaluate(_ corpus: some TokenCorpus, limit: Int? = nil) throws -> Evaluation {
    let count = min(corpus.count, limit ?? corpus.count)
    precondition(count >= 2, "an evaluation needs a token to predict from and one to predict")
    let predicted = count - 1
    let streams = max(1, min(Self.mostStreams, predicted / Self.leastLength))
    var parts = try (0..<streams).map { stream in
      let part = predicted * stream / streams..<predicted * (stream + 1) / streams
      return try Part(corpus, counted: part, warmUp: min(Self.warmUp, part.lowerBound))
    }
    workspace.resetState()
    var sum = 0.0
    var counted = 0
    while parts.contains(where: { $0.left > 0 }) {
      let batch = try nextBatch(&parts)
      let targets = batch.countedTargets
      sum += workspace.loss(batch) * Double(targets)
      counted += targets
    }
    return Evaluation(loss: sum / Double(max(counted, 1)), tokens: counted)
  }

  private func nextBatch(_ parts: inout [Part]) throws -> Batch {
    let steps = min(Self.steps, parts.map(\.left).max() ?? 1)
    let count = steps * parts.count
    var batch = Batch(
      steps: steps, sequences: parts.count, tokens: [Int32](repeating: 0, count: count),
      targets: [Int32](repeating: Batch.uncounted, count: count))
    for column in parts.indices { try parts[column].fill(&batch, column) }
    return batch
  }

  /// What one stream reads: uncounted tokens, then counted ones.
  private struct Part {
    private var stream: TokenStream
    private var uncounted: Int
    /// Tokens still to be read as input.
    private(set) var left: Int

    init(_ corpus: any TokenCorpus, counted: Range<Int>, warmUp: Int) throws {
      stream = try TokenStream(
        corpus, at: counted.lowerBound - warmUp, steps: Evaluator.steps, isNew: true)
      uncounted = warmUp
      left = counted.count + warmUp
    }

    mutating func fill(_ batch: inout Batch, _ column: Int) throws {
      let steps = min(batch.steps, left)
      if steps == 0 { return }
      try stream.fill(&batch, column: column, steps: steps, uncounted: uncounted)
      uncounted = max(0, uncounted - steps)
      left -= steps
    }
  }
}
