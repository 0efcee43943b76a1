/// A corpus as the batches of a training: the text is cut into `B` equal streams that are read side by
/// side, `T` steps at a time, so that the state after one batch is the state before the next.
///
/// At the start of an epoch, and where a document begins, the state is set to zero; the last token of a
/// document has no target. Besides, the streams forget in turn, each once in some thousand tokens: a network
/// that seldom meets an empty state does not learn to begin, and a text that it begins may go astray.
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
  /// Tokens over which a stream's state is carried at most: many times what a network can look back at.
  private let carriedTokens: Int
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
    carriedTokens = max(4096, 16 * steps)
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
      if forgets(stream) { batch.starts[stream] = true }
    }
    position += 1
    return batch
  }

  /// Whether a stream begins the batch with an empty state, its turn having come since the batch before.
  private func forgets(_ stream: Int) -> Bool {
    if position == 0 { return true }
    let ahead = carriedTokens * stream / sequences
    let turn = (position * steps + ahead) / carriedTokens
    return turn != ((position - 1) * steps + ahead) / carriedTokens
  }
}
