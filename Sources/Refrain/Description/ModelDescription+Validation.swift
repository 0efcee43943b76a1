/// Why a ``ModelDescription`` cannot become a network.
public enum ModelDescriptionError: Error, Equatable, CustomStringConvertible {
  /// A size is zero, negative or beyond `limit`.
  case size(of: String, value: Int, limit: Int)
  /// A dropout rate outside 0 ..< 1.
  case dropoutRate(Float)
  /// A layer stands where it cannot.
  case misplaced(layer: String, reason: String)
  /// A cell that nobody registered.
  case unknownCell(String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .size(let name, let value, let limit):
      return "\(name) must be between 1 and \(limit), not \(value)."
    case .dropoutRate(let rate):
      return "A dropout rate must be at least 0 and less than 1, not \(rate)."
    case .misplaced(let layer, let reason):
      return "\(layer) cannot stand there: \(reason)."
    case .unknownCell(let name):
      return
        "The recurrent unit “\(name)” is not known here; register it with CustomCell(\"\(name)\", …)."
    }
  }
}

extension ModelDescription {
  /// The largest layer or vocabulary that is accepted.
  static let sizeLimit = 1 << 21

  /// Checks every size and the order of the layers.
  ///
  /// - Throws: ``ModelDescriptionError``.
  public func validate() throws {
    try checkSize("The vocabulary", vocabularySize)
    try checkSize("The output", outputSize)
    for (index, layer) in layers.enumerated() {
      switch layer {
      case .embedding(let size):
        try checkSize("An embedding's size", size)
        if index > 0 {
          throw ModelDescriptionError.misplaced(
            layer: "An embedding", reason: "it reads tokens, so it has to be the first layer")
        }
      case .recurrent(_, let hidden): try checkSize("The number of hidden units", hidden)
      case .dense(let size, _):
        try checkSize("A dense layer's size", size)
        if index == 0 { throw Self.needsNumbers("A dense layer") }
      case .dropout(let rate):
        if !(rate >= 0 && rate < 1) { throw ModelDescriptionError.dropoutRate(rate) }
        if index == 0 { throw Self.needsNumbers("Dropout") }
      }
    }
    if layers.isEmpty { throw Self.needsNumbers("The output") }
  }

  private func checkSize(_ name: String, _ value: Int) throws {
    if !(1...Self.sizeLimit).contains(value) {
      throw ModelDescriptionError.size(of: name, value: value, limit: Self.sizeLimit)
    }
  }

  private static func needsNumbers(_ layer: String) -> ModelDescriptionError {
    .misplaced(
      layer: layer,
      reason: "the tokens have to pass an embedding or a recurrent layer first")
  }
}
