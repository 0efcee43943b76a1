/// A corpus that is an array of token indices.
public struct InMemoryCorpus: TokenCorpus {
  private let tokens: [Int32]
  private let documentStarts: Set<Int>
  /// A token after which a text may begin; nil: anywhere.
  public let beginning: Int32?

  /// One document, or several whose first tokens stand at `documentStarts`; position 0 always
  /// starts one.
  public init(
    tokens: [Int32], documentStarts: some Sequence<Int> = [0], beginning: Int32? = nil
  ) {
    self.tokens = tokens
    self.beginning = beginning
    self.documentStarts = Set(documentStarts).union([0])
  }

  /// The number of tokens.
  public var count: Int { tokens.count }

  /// A reader that starts at token `position`, in `0...count`.
  public func cursor(at position: Int) -> any TokenCursor {
    precondition((0...count).contains(position), "a cursor starts inside its corpus")
    return Cursor(corpus: self, position: position)
  }

  private struct Cursor: TokenCursor {
    let corpus: InMemoryCorpus
    var position: Int

    mutating func read(
      into tokens: inout MutableSpan<Int32>, starts: inout MutableSpan<Bool>
    ) -> Int {
      let length = min(tokens.count, corpus.count - position)
      for i in 0..<length {
        tokens[i] = corpus.tokens[position + i]
        starts[i] = corpus.documentStarts.contains(position + i)
      }
      position += length
      return length
    }
  }
}
