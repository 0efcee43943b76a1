public import Refrain

/// Text files as a sequence of tokens.
///
/// The files are scanned once, for the vocabulary and for an index of positions, and read again by
/// every cursor; what is kept in memory does not grow with them, except for an entry of 24 bytes
/// per 65,536 tokens. Each file is a document.
///
/// ```swift
/// let corpus = try TextCorpus(["poems/", "play.txt"])
/// for line in corpus.report.lines() { print(line) }
/// let (training, validation) = corpus.split(validationFraction: 0.1)
/// ```
///
/// What is in the files is taken as it is, with three exceptions (none of them for bytes): a
/// UTF-8 byte-order mark at a file's beginning is skipped, an invalid UTF-8 sequence becomes
/// U+FFFD, and UTF-16 with a byte-order mark becomes UTF-8. CR LF is kept.
public struct TextCorpus: TokenCorpus {
  /// The vocabulary of the tokens.
  public let vocabulary: Vocabulary
  /// What was found in the files.
  public let report: CorpusReport
  /// Which files these are.
  public let manifest: CorpusManifest

  let index: Index

  /// The tokens of all documents together.
  public var count: Int { index.count }
  /// A token after which a text may begin: that of the vocabulary.
  public var beginning: Int32? { vocabulary.beginning }

  /// A reader that starts at token `position`, in `0...count`.
  ///
  /// - Throws: ``TextInputError`` if a file cannot be read any more or has changed.
  public func cursor(at position: Int) throws -> any TokenCursor {
    precondition((0...count).contains(position), "a cursor starts inside its corpus")
    return try TextCursor(index, at: position)
  }

  /// Where every token lies; shared by all cursors.
  final class Index: Sendable {
    let vocabulary: Vocabulary
    /// Those that have tokens.
    let documents: [IndexedDocument]
    let count: Int

    init(_ documents: [IndexedDocument], vocabulary: Vocabulary) {
      var count = 0
      var placed: [IndexedDocument] = []
      for var document in documents where document.tokens > 0 {
        document.firstToken = count
        count += document.tokens
        placed.append(document)
      }
      self.documents = placed
      self.count = count
      self.vocabulary = vocabulary
    }

    /// The document in which token `position` lies; the number of documents at the end.
    func document(at position: Int) -> Int {
      var low = 0
      var high = documents.count
      while low < high {
        let middle = (low + high) / 2
        if documents[middle].firstToken + documents[middle].tokens <= position {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low
    }
  }
}

/// How inputs become a corpus.
public struct TextCorpusOptions: Sendable {
  /// What one token stands for; a given ``vocabulary`` decides it.
  public var tokenKind = Vocabulary.TokenKind.character
  /// Words that are rarer become the unknown word; at least 1.
  public var minimumCount = 1
  /// The largest vocabulary of words, at least 3; nil: no limit.
  public var vocabularySize: Int?
  /// The vocabulary to read with; nil: one is made from the text.
  public var vocabulary: Vocabulary?
  /// The folder that keeps, as plain text, inputs that can be read only once: standard input,
  /// compressed files, UTF-16. Without one they are refused.
  public var spoolFolder: String?
  /// The descriptor that the input `-` reads.
  public var standardInput: Int32 = 0

  /// The options of a corpus of characters.
  public init(tokenKind: Vocabulary.TokenKind = .character) { self.tokenKind = tokenKind }
}
