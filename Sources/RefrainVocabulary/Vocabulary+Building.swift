extension Vocabulary {
  /// The vocabulary of bytes: all 256, whatever the text.
  public static let bytes = Vocabulary(
    tokenKind: .byte,
    checkedTokens: (0..<256).map { value in
      if (0x20..<0x7F).contains(value) { return String(Unicode.Scalar(UInt8(value))) }
      let digits = String(value, radix: 16, uppercase: true)
      return "<" + (digits.count < 2 ? "0" : "") + digits + ">"
    })

  /// The vocabulary of these characters, in scalar order whatever their order here.
  public init(characters: some Sequence<Unicode.Scalar>) {
    self.init(
      tokenKind: .character, checkedTokens: Set(characters).sorted().map { String(Character($0)) })
  }

  /// The vocabulary of a text that is in memory; `TextCorpus` makes one from files.
  ///
  /// - Parameters:
  ///   - text: the text; it may be empty.
  ///   - tokenKind: what one token stands for.
  ///   - minimumCount: words that are rarer become ``unknown``; for words only.
  ///   - size: the largest ``count`` (at least 3), the rarest words giving way; for words only;
  ///     nil: no limit.
  public init(text: String, tokenKind: TokenKind, minimumCount: Int = 1, size: Int? = nil) {
    switch tokenKind {
    case .byte: self = .bytes
    case .character: self.init(characters: text.unicodeScalars)
    case .word:
      var text = text
      var counts = WordCounts()
      text.withUTF8 { _ = counts.count($0.span, isLast: true) }
      self = counts.vocabulary(minimumCount: minimumCount, size: size)
    }
  }
}
