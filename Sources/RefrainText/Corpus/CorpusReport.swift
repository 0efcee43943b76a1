public import Refrain
public import RefrainRuns

/// What was found while a corpus was read for the first time.
public struct CorpusReport: Codable, Equatable, Sendable {
  /// How often a token occurs.
  public struct TokenCount: Codable, Equatable, Sendable {
    /// As the vocabulary spells it.
    public let token: String
    /// At least 1.
    public let count: Int
  }

  /// What one token stands for.
  public package(set) var tokenKind: Vocabulary.TokenKind
  /// All documents together.
  public package(set) var bytes = 0
  /// The files that were read and hold at least one token.
  public package(set) var documents = 0
  /// All documents together.
  public package(set) var tokens = 0
  /// The number of tokens that the vocabulary holds, `V`.
  public package(set) var vocabularySize = 0
  /// The rarest tokens of the text, the rarest first; at most 8.
  public package(set) var rarest: [TokenCount] = []
  /// Words that became the unknown word.
  public package(set) var unknownTokens = 0
  /// Words that had come up to this often were forgotten while counting, because there were more
  /// than a million different ones; 0: none was.
  public package(set) var forgottenCount = 0
  /// Characters that the vocabulary lacks, where one was given; at most 1,000.
  public package(set) var substitutions: [Substitution] = []
  /// Invalid UTF-8 sequences, read as U+FFFD.
  public package(set) var invalidSequences = 0
  /// Characters of two bytes and more that are valid.
  public package(set) var longCharacters = 0
  /// Files that began with a byte-order mark, which is skipped.
  public package(set) var byteOrderMarks = 0
  /// Lines that end in a carriage return and a line feed.
  public package(set) var carriageReturnLines = 0
  /// All lines.
  public package(set) var lines = 0
  /// Lines of at least 20 bytes that were compared with each other.
  public package(set) var comparedLines = 0
  /// The lines among ``comparedLines`` that repeat another one.
  public package(set) var repeatedLines = 0
  /// Whether all lines of at least 20 bytes were compared; otherwise a sample was.
  public package(set) var comparesAllLines = true
  /// What is not read, and why.
  public package(set) var skipped: [InputListing.Skipped] = []

  private enum CodingKeys: String, CodingKey {
    case tokenKind = "unit"
    case bytes, documents, tokens, vocabularySize, rarest, unknownTokens, forgottenCount
    case substitutions, invalidSequences, longCharacters, byteOrderMarks, carriageReturnLines, lines
    case comparedLines, repeatedLines, comparesAllLines, skipped
  }

  package init(tokenKind: Vocabulary.TokenKind) { self.tokenKind = tokenKind }

  /// Whether the text was probably written as Latin-1 or Windows-1252: it has invalid sequences,
  /// and many more of them than characters in valid UTF-8.
  public var looksLikeLatin1: Bool {
    invalidSequences > 0 && invalidSequences > 4 * (longCharacters + 1)
      || invalidSequences > 0 && longCharacters == 0
  }
}
