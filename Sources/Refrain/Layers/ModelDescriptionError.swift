/// Why a ``ModelDescription`` cannot become a network.
public enum ModelDescriptionError: SentenceError, Equatable {
  /// A size is zero, negative or beyond `limit`.
  case size(of: String, value: Int, limit: Int)
  /// A dropout rate outside 0 ..< 1.
  case dropoutRate(Float)
  /// A value below 0, above 1,000 or not a number.
  case range(of: String, value: Float)
  /// A layer stands where it cannot.
  case misplaced(layer: String, reason: Sentence)
  /// A cell that nobody registered.
  case unknownCell(String)

  /// One sentence for a person.
  public var sentence: Sentence {
    switch self {
    case .size(let name, let value, let limit):
      return "\(name) must be between 1 and \(limit), not \(value)."
    case .dropoutRate(let rate):
      return "A dropout rate must be at least 0 and less than 1, not \(rate)."
    case .range(let name, let value): return "\(name) must be from 0 to 1000, not \(value)."
    case .misplaced(let layer, let reason):
      return "\(layer) cannot stand there: " + reason + "."
    case .unknownCell(let name):
      return
        "The recurrent unit \(name.quoted) is not known here; register it as a CustomCell of that name."
    }
  }

  /// The largest layer or vocabulary that is accepted.
  static let sizeLimit = 1 << 21

  /// Checks a size.
  static func check(_ name: String, _ value: Int, limit: Int = sizeLimit) throws {
    if !(1...limit).contains(value) { throw size(of: name, value: value, limit: limit) }
  }

  /// Checks a number from 0 to 1,000.
  static func check(_ name: String, _ value: Float) throws {
    if !(value >= 0 && value <= 1000) { throw range(of: name, value: value) }
  }
}
