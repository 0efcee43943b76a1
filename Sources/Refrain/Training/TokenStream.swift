/// One of the streams that are read side by side: each token of it is the input of one step and the
/// target of the step before.
struct TokenStream {
  private var cursor: any TokenCursor
  /// The next input, which was the last target.
  private var token: Int32
  private var starts: Bool
  /// What follows it, in buffers that are kept from batch to batch.
  private var tokens: [Int32]
  private var flags: [Bool]

  /// Begins at token `position` of a corpus, and reads at most `steps` at once.
  ///
  /// - Parameter isNew: whether the state is set to zero there, document or not.
  /// - Throws: what reading the corpus throws.
  init(_ corpus: any TokenCorpus, at position: Int, steps: Int, isNew: Bool) throws {
    cursor = try corpus.cursor(at: position)
    tokens = [Int32](repeating: 0, count: max(steps, 1))
    flags = [Bool](repeating: false, count: max(steps, 1))
    try Self.read(1, from: &cursor, into: &tokens, &flags)
    token = tokens[0]
    starts = flags[0] || isNew
  }

  /// Puts the next `steps` inputs and their targets into column `column` of a batch. Where a document
  /// begins, the target before is not counted, and neither are the first `uncounted`.
  ///
  /// - Throws: what reading the corpus throws.
  mutating func fill(
    _ batch: inout Batch, column: Int, steps: Int, uncounted: Int = 0
  ) throws {
    try Self.read(steps, from: &cursor, into: &tokens, &flags)
    for t in 0..<steps {
      let place = t * batch.sequences + column
      batch.tokens[place] = token
      batch.starts[place] = starts
      batch.targets[place] = flags[t] || t < uncounted ? Batch.uncounted : tokens[t]
      token = tokens[t]
      starts = flags[t]
    }
  }

  private static func read(
    _ count: Int, from cursor: inout any TokenCursor, into tokens: inout [Int32],
    _ flags: inout [Bool]
  ) throws {
    var tokenSpan = tokens.mutableSpan
    var flagSpan = flags.mutableSpan
    var someTokens = tokenSpan._mutatingExtracting(0..<count)
    var someFlags = flagSpan._mutatingExtracting(0..<count)
    let read = try cursor.read(into: &someTokens, starts: &someFlags)
    precondition(read == count, "a corpus must hold as many tokens as it says")
  }
}
