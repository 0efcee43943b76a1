public import Refrain

/// Why a training on text cannot begin.
public enum TextTrainingError: Error, Equatable, CustomStringConvertible {
  /// The model to start from has other tokens than were asked for.
  case otherTokens(path: String, unit: Vocabulary.Unit)
  /// The training needs more memory than this process can have, in bytes.
  case tooLarge(needed: Double, available: Double)
  /// Units are to be compared on a validation part that is empty.
  case noValidation

  /// One sentence.
  public var description: String {
    switch self {
    case .otherTokens(let path, let unit):
      return "The tokens of \(path) are of the kind “\(unit.rawValue)”; leave out --tokens, or "
        + "begin without --start-from."
    case .tooLarge(let needed, let available):
      return "This training needs at least \(Self.gibibytes(needed)) of memory and there is "
        + "\(Self.gibibytes(available)); lower --hidden, --layers, --batch-size or "
        + "--sequence-length."
    case .noValidation:
      return "There is no validation part to compare the units on; keep a larger share with "
        + "--validation, or name more text."
    }
  }

  private static func gibibytes(_ bytes: Double) -> String {
    let value = bytes / 1_073_741_824
    if value >= 1e6 { return "more than a million GiB" }
    let tenths = (value * 10).rounded() / 10
    return tenths < 10 ? "\(tenths) GiB" : "\(Int(value.rounded())) GiB"
  }
}
