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
  private static let mostStreams = 32
  /// Counted tokens that a stream has at least.
  private static let leastLength = 256
  /// Uncounted tokens in front of a stream.
  private static let warmUp = 100
  /// Steps of one batch.
  private static let steps = 64

  /// An evaluator of `network` as it is at the time of each ``evaluate(_:limit:)``.
  public convenience init(_ network: Network, threads: Int = 0) {
    self.init(network, pool: ThreadPool(count: threads), kernels: .best)
  }

  init(_ network: Network, pool: ThreadPool, kernels: KernelChoice) {
    workspace = Workspace(
      network, steps: Self.steps, sequences: Self.mostStreams, mode: .inference, pool: pool,
      kernels: kernels)
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
    var readers = try (0..<streams).map { stream in
      let part = predicted * stream / streams..<predicted * (stream + 1) / streams
      return try StreamReader(corpus, counted: part, warmUp: min(Self.warmUp, part.lowerBound))
    }
    workspace.resetState()
    var sum = 0.0
    var counted = 0
    while readers.contains(where: { !$0.isAtEnd }) {
      let batch = try nextBatch(&readers)
      let targets = batch.countedTargets
      sum += workspace.loss(batch) * Double(targets)
      counted += targets
    }
    return Evaluation(loss: sum / Double(max(counted, 1)), tokens: counted)
  }

  private func nextBatch(_ readers: inout [StreamReader]) throws -> Batch {
    let steps = min(Self.steps, readers.map(\.left).max() ?? 1)
    let count = steps * readers.count
    var batch = Batch(
      steps: steps, sequences: readers.count, tokens: [Int32](repeating: 0, count: count),
      targets: [Int32](repeating: Batch.uncounted, count: count))
    for stream in readers.indices { try readers[stream].fill(&batch, stream) }
    return batch
  }

  /// One stream: uncounted tokens, then counted ones.
  private struct StreamReader {
    private var cursor: any TokenCursor
    private var token: Int32 = 0
    private var starts = true
    private var uncounted: Int
    /// Tokens still to be read as input.
    private(set) var left: Int

    var isAtEnd: Bool { left == 0 }

    init(_ corpus: any TokenCorpus, counted: Range<Int>, warmUp: Int) throws {
      cursor = try corpus.cursor(at: counted.lowerBound - warmUp)
      uncounted = warmUp
      left = counted.count + warmUp
      (token, _) = try read()
    }

    private mutating func read() throws -> (Int32, Bool) {
      var token: [Int32] = [0]
      var starts = [false]
      var tokenSpan = token.mutableSpan
      var startSpan = starts.mutableSpan
      _ = try cursor.read(into: &tokenSpan, starts: &startSpan)
      return (token[0], starts[0])
    }

    mutating func fill(_ batch: inout Batch, _ stream: Int) throws {
      for t in 0..<min(batch.steps, left) {
        let place = t * batch.sequences + stream
        let (next, nextStarts) = try read()
        batch.tokens[place] = token
        batch.starts[place] = starts
        if uncounted == 0 && !nextStarts { batch.targets[place] = next }
        token = next
        starts = nextStarts
        uncounted = max(0, uncounted - 1)
        left -= 1
      }
    }
  }
}
