public import RefrainFiles

/// How the tokens of a trained model's vocabulary stand to those of another text's, for a model
/// that goes on learning from that text.
///
/// A symbol that both vocabularies hold, scalar by scalar the same, keeps its learned rows (of the
/// embedding or the input weights, of the output weights and the output bias), wherever it moves.
/// A symbol that only the text holds begins with new rows. A symbol that only the model holds is
/// dropped with its rows, so that the model no longer spends probability on it, unless
/// ``init(from:to:keepingAll:)`` is told to keep all.
public struct VocabularyMapping: Equatable, Sendable {
  /// The vocabulary of the model that goes on.
  public let vocabulary: Vocabulary
  /// For each index of ``vocabulary`` the index in the old one whose rows it takes; nil: new rows.
  public let sources: [Int32?]
  /// For each index of the old vocabulary its index in ``vocabulary``; nil: dropped.
  public let targets: [Int32?]
  /// The tokens that the old vocabulary lacks.
  public let added: [String]
  /// The tokens that were dropped.
  public let dropped: [String]

  /// - Parameters:
  ///   - old: the vocabulary of the model to begin with.
  ///   - text: the vocabulary of the text to learn.
  ///   - keepingAll: whether tokens that `text` lacks stay, with their rows.
  /// - Throws: ``VocabularyError/differentKinds(model:text:)``.
  public init(from old: Vocabulary, to text: Vocabulary, keepingAll: Bool = false) throws {
    guard old.tokenKind == text.tokenKind else {
      throw VocabularyError.differentKinds(model: old.tokenKind, text: text.tokenKind)
    }
    vocabulary = keepingAll ? Self.union(old, text) : text
    sources = vocabulary.tokens.map { old.index(of: $0) }
    let target = vocabulary
    targets = old.tokens.map { target.index(of: $0) }
    added = zip(vocabulary.tokens, sources).filter { $0.1 == nil }.map { $0.0 }
    dropped = zip(old.tokens, targets).filter { $0.1 == nil }.map { $0.0 }
  }

  /// A sentence about what was added and dropped; nil if both vocabularies hold the same tokens.
  public var explanation: String? {
    var parts: [String] = []
    if !added.isEmpty { parts.append("\(added.count) begin untrained (\(Self.list(added)))") }
    if !dropped.isEmpty {
      parts.append("\(dropped.count) that the text lacks are dropped (\(Self.list(dropped)))")
    }
    guard !parts.isEmpty else { return nil }
    let kept = sources.count - added.count
    return "Of the \(vocabulary.count) tokens \(kept) keep what the model has learned; "
      + parts.joined(separator: ", ") + "."
  }

  private static func list(_ tokens: [String]) -> String {
    let shown = tokens.prefix(5).map(Substitution.visible).joined(separator: ", ")
    return tokens.count > 5 ? shown + ", …" : shown
  }

  private static func union(_ old: Vocabulary, _ text: Vocabulary) -> Vocabulary {
    switch old.tokenKind {
    case .byte: return .bytes
    case .character:
      return Vocabulary(characters: (old.tokens + text.tokens).flatMap { $0.unicodeScalars })
    case .word:
      let new = text.tokens.filter { old.index(of: $0) == nil }
      return Vocabulary(tokenKind: .word, checkedTokens: old.tokens + new)
    }
  }
}

/// Why two vocabularies cannot be brought together.
public enum VocabularyError: SentenceError, Equatable {
  /// The tokens of the model and of the text stand for different things.
  case differentKinds(model: Vocabulary.TokenKind, text: Vocabulary.TokenKind)

  /// One sentence that says what to do.
  public var sentence: Sentence {
    switch self {
    case .differentKinds(let model, let text):
      "The model's tokens are of the kind \(model.rawValue), not \(text.rawValue): "
        + "train with \(.tokens) \(model.rawValue) to start from it."
    }
  }
}

extension Vocabulary {
  /// The vocabulary that holds the tokens of both, and where this one's tokens stand in it.
  ///
  /// - Throws: ``VocabularyError/differentKinds(model:text:)``.
  public func extended(with other: Vocabulary) throws -> VocabularyMapping {
    try VocabularyMapping(from: self, to: other, keepingAll: true)
  }
}
