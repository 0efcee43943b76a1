public import Refrain

/// Why a training on a table cannot begin or go on.
public enum TableTrainingError: SentenceError, Equatable {
  /// A part of the network that the scheme has no place for, or cannot do without.
  case notForScheme(what: String, scheme: Scheme)
  /// A unit that cannot read from both ends was to.
  case readsInOneDirection(SequenceUnit)
  /// Units are compared by the state that they carry, and there is one step only.
  case onlyOneStep
  /// Networks are compared on rows that none has learned, and there are none.
  case noValidation

  /// One sentence.
  public var sentence: Sentence {
    switch self {
    case .notForScheme(let what, let scheme):
      return
        "\(what) is not possible with the scheme \(scheme.rawValue): leave it as it is by default."
    case .readsInOneDirection(let unit):
      return
        "The unit \(unit) reads in one direction; leave out \(.bidirectional), or take another "
        + "\(.cell)."
    case .onlyOneStep:
      return
        "Each row is read in one step, for which no unit needs its state, so there is nothing to compare; "
        + "if the rows hold sequences, say of which kind they are."
    case .noValidation:
      return
        "There are no rows to validate on, and units are compared on rows that none has learned."
    }
  }
}
