/// A corpus as the batches of a training: the text is cut into `B` equal streams that are read side by
/// side, `T` steps at a time, so that the state after one batch is the state before the next.
///
/// At the start of an epoch, and where a document begins, the state is set to zero; the last token of a
/// document has no target.
struct TokenBatches {
  let corpus: any TokenCorpus
  /// Steps of a batch: `T`.
  let steps: Int
  /// Streams: `B`.
  let sequences: Int
  /// Batches of one epoch.
  let batchesPerEpoch: Int

  /// Tokens of one stream.
  private let streamLength: Int
  private var streams: [Stream] = []
  /// The next batch of the epoch.
  private(set) var position: Int
  private var batch: Batch

  private struct Stream {
    var cursor: any TokenCursor
    /// The first token of the next batch, which was the last target of this one.
    var token: Int32
    var starts: Bool
  }

  /// The batch and sequence length that a corpus of `count` tokens allows: the batch is reduced first,
  /// then the length.
  static func fitting(
    count: Int, steps: Int, sequences: Int
  ) -> (steps: Int, sequences: Int) {
    let most = max(count - 1, 1)
    let sequences = max(min(sequences, most / steps), 1)
    return (min(steps, most / sequences), sequences)
  }

  /// Begins at batch `position` of an epoch.
  ///
  /// - Throws: what reading the corpus throws.
  init(corpus: any TokenCorpus, steps: Int, sequences: Int, position: Int = 0) throws {
    precondition(corpus.count > steps * sequences, "the corpus must hold at least one batch")
    self.corpus = corpus
    self.steps = steps
    self.sequences = sequences
    self.position = position
    streamLength = (corpus.count - 1) / sequences
    batchesPerEpoch = streamLength / steps
    batch = Batch(
      steps: steps, sequences: sequences,
      tokens: [Int32](repeating: 0, count: steps * sequences),
      targets: [Int32](repeating: Batch.uncounted, count: steps * sequences))
    try open()
  }

  private mutating func open() throws {
    streams = try (0..<sequences).map { stream in
      var cursor = try corpus.cursor(at: stream * streamLength + position * steps)
      var token: [Int32] = [0]
      var starts = [false]
      var tokenSpan = token.mutableSpan
      var startSpan = starts.mutableSpan
      _ = try cursor.read(into: &tokenSpan, starts: &startSpan)
      return Stream(cursor: cursor, token: token[0], starts: starts[0] || position == 0)
    }
  }

  /// The next batch; after the last of an epoch, the first of the next.
  mutating func next() throws -> Batch {
    if position == batchesPerEpoch {
      position = 0
      try open()
    }
    var tokens = [Int32](repeating: 0, count: steps)
    var starts = [Bool](repeating: false, count: steps)
    for stream in 0..<sequences {
      var tokenSpan = tokens.mutableSpan
      var startSpan = starts.mutableSpan
      let read = try streams[stream].cursor.read(into: &tokenSpan, starts: &startSpan)
      precondition(read == steps, "a corpus must hold as many tokens as it says")
      fill(stream, tokens, starts)
    }
    position += 1
    return batch
  }

  /// `tokens` follow the stream's current one.
  private mutating func fill(_ stream: Int, _ tokens: [Int32], _ starts: [Bool]) {
    var token = streams[stream].token
    var begins = streams[stream].starts
    for t in 0..<steps {
      let place = t * sequences + stream
      batch.tokens[place] = token
      batch.starts[place] = begins
      batch.targets[place] = starts[t] ? Batch.uncounted : tokens[t]
      token = tokens[t]
      begins = starts[t]
    }
    streams[stream].token = token
    streams[stream].starts = begins
  }
}
