public import Refrain

/// Why a training on text cannot begin.
public enum TextTrainingError: SentenceError, Equatable {
  /// The model to start from has other tokens than were asked for.
  case otherTokens(path: String, tokenKind: Vocabulary.TokenKind)
  /// Units are to be compared on a validation part that is empty.
  case noValidation

  /// One sentence.
  public var sentence: Sentence {
    switch self {
    case .otherTokens(let path, let tokenKind):
      return
        "The tokens of \(path) are of the kind “\(tokenKind.rawValue)”; leave out \(.tokens), or "
        + "begin without \(.startFrom)."
    case .noValidation:
      return "There is no validation part to compare the units on; keep a larger share with "
        + "\(.validation), or name more text."
    }
  }
}
