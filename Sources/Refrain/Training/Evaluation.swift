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
  /// How much earlier a stream may begin, where a text may begin there.
  private static let farthestBeginning = 256
  /// Steps of one batch, but where an output follows a whole sequence.
  package static let steps = 64
  /// Windows that are evaluated at most, where an output follows a whole sequence.
  private static let mostWindows = 2048

  /// An evaluator of `network` as it is at the time of each ``evaluate(_:limit:)``.
  ///
  /// - Parameters:
  ///   - network: the network to measure.
  ///   - steps: the length of the sequences that an output follows, for a network that predicts only the last; nil
  ///     elsewhere.
  ///   - weights: the format that the weights are read in; with another than `f32`, the network is evaluated as
  ///     it is now.
  ///   - threads: how many to use; 0 means all cores. The result never depends on it.
  public convenience init(
    _ network: Network, steps: Int? = nil, weights: WeightFormat = .f32, threads: Int = 0
  ) {
    self.init(
      network, steps: steps, weights: weights, pool: ThreadPool(count: threads), kernels: .best)
  }

  init(
    _ network: Network, steps: Int?, weights: WeightFormat = .f32, pool: ThreadPool,
    kernels: KernelChoice
  ) {
    precondition(
      (steps != nil) == network.description.predictsOnlyLast,
      "sequences have a length where an output follows them, and only there")
    workspace = Workspace(
      network, steps: steps ?? Self.steps, sequences: Self.mostStreams, mode: .inference,
      weights: weights, pool: pool, kernels: kernels)
  }

  /// The loss on `corpus`, which has at least two tokens.
  ///
  /// - Parameters:
  ///   - corpus: the tokens to predict.
  ///   - limit: evaluates at most this many tokens from the beginning; nil: all.
  /// - Throws: what reading the corpus throws.
  public func evaluate(_ corpus: some TokenCorpus, limit: Int? = nil) throws -> Evaluation {
    try evaluate(corpus, limit: limit) {}
  }

  /// - Parameter check: called before every batch; throws to give up.
  func evaluate(
    _ corpus: some TokenCorpus, limit: Int?, check: () throws -> Void
  ) throws -> Evaluation {
    let count = min(corpus.count, limit ?? corpus.count)
    precondition(count >= 2, "an evaluation needs a token to predict from and one to predict")
    workspace.frames = corpus.frames
    if workspace.network.description.predictsOnlyLast {
      return try evaluateWindows(CorpusSlice(corpus, range: 0..<count), check)
    }
    let predicted = count - 1
    let streams = max(1, min(Self.mostStreams, predicted / Self.leastLength))
    let parts = try (0..<streams).map { stream in
      let range = predicted * stream / streams..<predicted * (stream + 1) / streams
      return (range, warmUp: try Self.warmUp(before: range.lowerBound, in: corpus))
    }
    let sum = try loss(of: corpus, in: parts, check)
    return Evaluation(loss: sum.nats / Double(max(sum.tokens, 1)), tokens: sum.tokens)
  }

  /// The loss in nats of some ranges of a corpus, which are read side by side, each after so many tokens that do
  /// not count.
  func loss(
    of corpus: some TokenCorpus, in ranges: [(range: Range<Int>, warmUp: Int)],
    _ check: () throws -> Void
  ) throws -> (nats: Double, tokens: Int) {
    var parts = try ranges.map { try Part(corpus, counted: $0.range, warmUp: $0.warmUp) }
    workspace.resetState()
    var sum = (nats: 0.0, tokens: 0)
    while parts.contains(where: { $0.left > 0 }) {
      try check()
      let batch = try nextBatch(&parts)
      let targets = batch.countedTargets
      sum.nats += workspace.loss(batch) * Double(targets)
      sum.tokens += targets
    }
    return sum
  }

  /// Tokens to read before `position`: some, from where a text may begin if there is such a place.
  private static func warmUp(before position: Int, in corpus: some TokenCorpus) throws -> Int {
    guard let beginning = corpus.beginning, position > warmUp else {
      return min(warmUp, position)
    }
    let first = max(0, position - warmUp - farthestBeginning)
    let tokens = try tokens(of: corpus, in: first..<position - warmUp)
    guard let place = tokens.lastIndex(of: beginning) else { return warmUp }
    return position - (first + place)
  }

  static func tokens(of corpus: some TokenCorpus, in range: Range<Int>) throws -> [Int32] {
    var tokens = [Int32](repeating: 0, count: range.count)
    var starts = [Bool](repeating: false, count: range.count)
    var cursor = try corpus.cursor(at: range.lowerBound)
    var tokenSpan = tokens.mutableSpan
    var startSpan = starts.mutableSpan
    let read = try cursor.read(into: &tokenSpan, starts: &startSpan)
    precondition(read == range.count, "a corpus must hold as many tokens as it says")
    return tokens
  }

  /// Windows evenly from everywhere.
  private func evaluateWindows(
    _ corpus: CorpusSlice, _ check: () throws -> Void
  ) throws -> Evaluation {
    _ = try BatchPlan(.stream(corpus), for: workspace.network.description)
    let documents = try WindowPlaces.documents(of: corpus)
    let longest = documents.map(\.count).max() ?? 2
    let windows = WindowPlaces(documents: documents, steps: min(workspace.steps, longest - 1))
    let stride = (windows.count + Self.mostWindows - 1) / Self.mostWindows
    var batches = WindowBatches(
      corpus: corpus, windows: windows, sequences: Self.mostStreams, order: .everyNth(stride))
    var sum = 0.0
    var counted = 0
    for _ in 0..<batches.batchesPerEpoch {
      try check()
      let batch = try batches.next()
      sum += workspace.loss(batch) * Double(batch.sequences)
      counted += batch.sequences
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
