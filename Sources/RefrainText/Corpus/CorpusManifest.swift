public import Refrain

/// What a corpus was made from, so that a run that is resumed finds the same text again.
///
/// ```swift
/// let corpus = try TextCorpus(["book.txt"])
/// let again = try TextCorpus(manifest: corpus.manifest, vocabulary: corpus.vocabulary)
/// ```
public struct CorpusManifest: Codable, Equatable, Sendable {
  /// One file.
  public struct Document: Codable, Equatable, Sendable {
    /// Absolute; for a file in the spool folder its name there.
    public var path: String
    /// What the file is a copy of, if it lies in the spool folder; nil: the user's own file.
    public var copyOf: String?
    /// In bytes.
    public var size: Int
    /// The time of the last change, in nanoseconds since 1970; a hint, not compared on reopening.
    public var modified: Int64
    /// XXH3 with 64 bits of the whole file, as 16 hexadecimal digits.
    public var hash: String
    /// Halves of characters that the copy of a UTF-16 text shows as U+FFFD.
    public var invalid: Int
  }

  /// What one token stands for.
  public var tokenKind: Vocabulary.TokenKind
  /// The tokens of all documents.
  public var tokens: Int
  /// In the order of reading.
  public var documents: [Document]

  /// The names in model files.
  private enum CodingKeys: String, CodingKey {
    case tokenKind = "unit"
    case tokens, documents
  }
}
