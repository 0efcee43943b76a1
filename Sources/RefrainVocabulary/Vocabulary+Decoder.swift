extension Vocabulary {
  /// Turns tokens into text one by one, as a generator makes them.
  ///
  /// ```swift
  /// var decoder = Vocabulary.Decoder(vocabulary)
  /// for token in tokens { print(decoder.append(token), terminator: "") }
  /// print(decoder.finish())
  /// ```
  ///
  /// Every piece is handed out as soon as it is complete: a character at once, bytes when they end
  /// a UTF-8 sequence (each invalid one becomes U+FFFD), a word together with the space that the
  /// rule puts before it.
  public struct Decoder: Sendable {
    private let vocabulary: Vocabulary
    private var spacing = WordSpacing()
    /// Bytes that have not yet made a scalar, at most 3 between two calls.
    private var pending: [UInt8] = []

    /// A decoder at the beginning of a text.
    public init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// The text that is complete now that `token` follows; it may be empty.
    ///
    /// - Parameter token: an index in `0..<count` of the vocabulary.
    public mutating func append(_ token: Int32) -> String {
      precondition(
        vocabulary.tokens.indices.contains(Int(token)),
        "a token is an index into the vocabulary that decodes it")
      switch vocabulary.tokenKind {
      case .character: return vocabulary.tokens[Int(token)]
      case .word: return appendWord(Int(token))
      case .byte:
        pending.append(UInt8(token))
        return takePending(isLast: false)
      }
    }

    /// The text that was still incomplete; afterwards the decoder is at the beginning of a text.
    public mutating func finish() -> String {
      spacing = WordSpacing()
      return takePending(isLast: true)
    }

    private mutating func appendWord(_ token: Int) -> String {
      let next = vocabulary.tables.classes[token]
      let spelling = token == Int(Vocabulary.join) ? "" : vocabulary.tokens[token]
      let space = next != .gap && !spacing.isExplicit && spacing.impliesSpace(before: next)
      spacing.advance(past: next)
      return space ? " " + spelling : spelling
    }

    private mutating func takePending(isLast: Bool) -> String {
      var text = ""
      var position = 0
      while position < pending.count {
        let read = readScalar(pending.span, at: position, isLast: isLast)
        guard read.length > 0, let scalar = Unicode.Scalar(read.value) else { break }
        text.unicodeScalars.append(scalar)
        position += read.length
      }
      pending.removeFirst(position)
      return text
    }
  }
}
