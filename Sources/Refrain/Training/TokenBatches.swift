/// A corpus as the batches of a training: the text is cut into `B` equal streams that are read side by
/// side, `T` steps at a time, so that the state after one batch is the state before the next.
///
/// At the start of an epoch, and where a document begins, the state is set to zero; the last token of a
/// document has no target. Besides, the streams forget in turn: a network that seldom meets an empty state does
/// not learn to begin, and a text that it begins may go astray. In a corpus with a token after which texts begin,
/// a stream forgets before the first such token of its turn; where there is none in a whole turn, or in the corpus, at
/// the next turn's first batch.
package struct TokenBatches: BatchSource {
  private let corpus: any TokenCorpus
  /// Steps of a batch: `T`.
  private let steps: Int
  /// Streams: `B`.
  private let sequences: Int
  /// Batches of one epoch.
  package let batchesPerEpoch: Int

  /// Tokens of one stream.
  private let streamLength: Int
  /// Tokens of a turn, in which a stream forgets once: many times what a network can look back at.
  private let carriedTokens: Int
  /// Where texts begin.
  private let beginning: Int32?
  /// Streams that have not yet forgotten in this turn, in a corpus with a ``beginning``.
  private var remembers: [Bool]
  private var streams: [TokenStream] = []
  /// The next batch of the epoch.
  package private(set) var position: Int
  private var batch: Batch

  /// The batch and sequence length that a corpus of `count` tokens allows: the batch is reduced first,
  /// then the length.
  package static func fitting(
    count: Int, steps: Int, sequences: Int
  ) -> (steps: Int, sequences: Int) {
    let most = max(count - 1, 1)
    let sequences = max(min(sequences, most / steps), 1)
    return (min(steps, most / sequences), sequences)
  }

  /// Begins at batch `position` of an epoch.
  ///
  /// - Throws: what reading the corpus throws.
  package init(corpus: any TokenCorpus, steps: Int, sequences: Int, position: Int = 0) throws {
    precondition(corpus.count > steps * sequences, "the corpus must hold at least one batch")
    precondition(position >= 0, "a batch is counted from 0")
    self.corpus = corpus
    self.steps = steps
    self.sequences = sequences
    self.position = position
    streamLength = (corpus.count - 1) / sequences
    beginning = corpus.beginning
    carriedTokens = max(beginning == nil ? 4096 : 2048, 16 * steps)
    remembers = [Bool](repeating: false, count: sequences)
    batchesPerEpoch = streamLength / steps
    batch = Batch(
      steps: steps, sequences: sequences,
      tokens: [Int32](repeating: 0, count: steps * sequences),
      targets: [Int32](repeating: Batch.uncounted, count: steps * sequences))
    try open()
  }

  private mutating func open() throws {
    streams = try (0..<sequences).map { stream in
      try TokenStream(
        corpus, at: stream * streamLength + position * steps, steps: steps, isNew: position == 0)
    }
    if beginning != nil { try openTurns() }
  }

  /// Finds out which streams have forgotten in the turns that the batches before belong to.
  private mutating func openTurns() throws {
    for stream in 0..<sequences {
      remembers[stream] = false
      guard position > 0, let first = firstBatchOfTurn(stream) else { continue }
      remembers[stream] = true
      var reader = try TokenStream(
        corpus, at: stream * streamLength + first * steps, steps: steps, isNew: false)
      for _ in first..<position {
        try reader.fill(&batch, column: stream, steps: steps)
        forgetAtBeginning(stream)
      }
    }
  }

  /// The batch before ``position`` with which a stream's turn began; nil where none has begun.
  private func firstBatchOfTurn(_ stream: Int) -> Int? {
    (1..<position).last { beginsTurn(stream, at: $0) }
  }

  /// The next batch; after the last of an epoch, the first of the next.
  ///
  /// - Throws: what reading the corpus throws; then nothing can be read any more.
  package mutating func next() throws -> Batch {
    if position == batchesPerEpoch {
      position = 0
      try open()
    }
    for stream in streams.indices {
      try streams[stream].fill(&batch, column: stream, steps: steps)
      if position == 0 {
        batch.starts[stream] = true
        remembers[stream] = false
        continue
      }
      let turnBegins = beginsTurn(stream, at: position)
      if beginning == nil {
        batch.starts[stream] = batch.starts[stream] || turnBegins
      } else {
        if turnBegins {
          if remembers[stream] { batch.starts[stream] = true }
          remembers[stream] = true
        }
        forgetAtBeginning(stream)
      }
    }
    position += 1
    return batch
  }

  /// Sets the state to zero before the batch's first token after which a text may begin.
  private mutating func forgetAtBeginning(_ stream: Int) {
    guard remembers[stream] else { return }
    let places = Swift.stride(from: stream, to: steps * sequences, by: sequences)
    guard let place = places.first(where: { batch.tokens[$0] == beginning }) else { return }
    batch.starts[place] = true
    remembers[stream] = false
  }

  /// Whether a stream's turn has come since the batch before.
  private func beginsTurn(_ stream: Int, at position: Int) -> Bool {
    let ahead = carriedTokens * stream / sequences
    let turn = (position * steps + ahead) / carriedTokens
    return turn != ((position - 1) * steps + ahead) / carriedTokens
  }
}
