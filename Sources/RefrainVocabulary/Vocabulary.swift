/// The dictionary of the lecture: the two-way table between tokens and indices.
///
/// Text becomes numbers with ``encode(_:)``, and what a network predicts becomes text again with
/// ``decode(_:)`` or, one token at a time, with a ``Decoder``.
///
/// ```swift
/// let vocabulary = Vocabulary(text: "hello world", tokenKind: .character)
/// vocabulary.count                        // 8
/// vocabulary.encode("hold").tokens        // [3, 5, 4, 1]
/// vocabulary.decode([3, 5, 4, 1])         // "hold"
/// ```
///
/// The tokens of a text are, by ``TokenKind``:
///
/// - characters: Unicode scalars, their indices in scalar order. No text fails to encode: see
///   ``encode(_:)`` for what happens to scalars that the vocabulary lacks.
/// - words: words, punctuation and line breaks, the most frequent first. Spaces are left to a rule
///   (one between words and after closing punctuation, none around line breaks and inside
///   brackets); where the text departs from it a token says so, hence text comes back exactly as
///   it went in. Words that the vocabulary lacks become ``unknown``.
/// - bytes: all 256, whatever the text.
public struct Vocabulary: Sendable {
  /// What one token stands for.
  public enum TokenKind: String, Codable, Sendable, CaseIterable {
    /// A Unicode scalar.
    case character = "char"
    /// A word, a punctuation mark or a line break.
    case word
    /// A byte of UTF-8.
    case byte
  }

  /// By which rules texts are read and begun. They change from version to version; a model keeps those that
  /// it was trained with.
  public enum Rules: Int, Codable, Sendable {
    /// A text begins with an empty state, anywhere.
    case first = 1
    /// A text begins with an empty state and the token ``Vocabulary/beginning``, in training too.
    case second = 2
  }

  /// What one token stands for.
  public let tokenKind: TokenKind
  /// By which rules texts are read and begun.
  public let rules: Rules

  /// The tokens by index: for characters and words what they spell, for bytes a printable ASCII
  /// character or two hexadecimal digits in angle brackets (`<0A>`).
  public let tokens: [String]

  /// The tables that are derived from the tokens.
  let tables: Tables

  /// The number of tokens, `V`.
  public var count: Int { tokens.count }

  /// The index of the token that stands for every word the vocabulary lacks; nil for characters
  /// and bytes. It is spelled `<unk>`, and a generator must not emit it.
  public var unknown: Int32? { tokenKind == .word ? 0 : nil }

  static let unknownSpelling = "<unk>"
  static let joinSpelling = "<join>"
  /// The index of the token that says: no space here, although the rule would put one.
  static let join: Int32 = 1
  /// The longest run of spaces that is one token.
  static let longestSpaces = 16

  /// `tokens` must have been checked.
  init(tokenKind: TokenKind, checkedTokens tokens: [String], rules: Rules = .second) {
    self.tokenKind = tokenKind
    self.rules = rules
    self.tokens = tokens
    tables = Tables(tokenKind: tokenKind, tokens: tokens)
  }

  /// The token after which a text begins, as a line does after a line break; nil where the vocabulary has
  /// none, and by the first rules.
  public var beginning: Int32? {
    if rules == .first { return nil }
    return tokenKind == .byte ? Int32(UInt8(ascii: "\n")) : index(of: "\n")
  }

  /// The index of the token spelled `token`, scalar by scalar the same; nil if there is none.
  public func index(of token: String) -> Int32? {
    let index = tables.spellings.index(of: Array(token.utf8))
    return index < 0 ? nil : index
  }

  /// The text that `tokens` spell.
  ///
  /// - Parameter tokens: indices in `0..<count`.
  public func decode(_ tokens: some Sequence<Int32>) -> String {
    var decoder = Decoder(self)
    var text = ""
    for token in tokens { text += decoder.append(token) }
    return text + decoder.finish()
  }

  /// Immutable and shared by every copy of a vocabulary.
  final class Tables: Sendable {
    let spellings: SpellingTable
    let scalars: ScalarTable
    let classes: [SpacingClass]
    /// The index of the token for `n` spaces at `n`; -1 where there is none.
    let spaces: [Int32]

    init(tokenKind: TokenKind, tokens: [String]) {
      var spellings = SpellingTable()
      for token in tokens { _ = spellings.insert(Array(token.utf8)) }
      self.spellings = spellings
      scalars = ScalarTable(
        tokenKind == .character ? tokens.compactMap { $0.unicodeScalars.first } : [])
      classes = tokenKind == .word ? tokens.map { SpacingClass(spelling: $0) } : []
      spaces = (0...Vocabulary.longestSpaces).map { length in
        length == 0 ? -1 : spellings.index(of: [UInt8](repeating: 0x20, count: length))
      }
    }
  }
}

extension Vocabulary: Equatable {
  /// Whether both have the same rules, and tokens of the same kind, scalar by scalar the same, in the same order.
  public static func == (a: Vocabulary, b: Vocabulary) -> Bool {
    if a.rules != b.rules { return false }
    return a.tables === b.tables
      || a.tokenKind == b.tokenKind && a.count == b.count
        && zip(a.tokens, b.tokens).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }
}
