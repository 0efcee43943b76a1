/// Why a ``ModelDescription`` cannot become a network.
public enum ModelDescriptionError: Error, Equatable, CustomStringConvertible {
  /// A size is zero, negative or beyond `limit`.
  case size(of: String, value: Int, limit: Int)
  /// A dropout rate outside 0 ..< 1.
  case dropoutRate(Float)
  /// A value below 0, above 1,000 or not a number.
  case range(of: String, value: Float)
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
    case .range(let name, let value): return "\(name) must be from 0 to 1000, not \(value)."
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

  /// The most Gaussians of a mixture.
  static let componentLimit = 64
  /// The most frames that a mixture looks back at.
  static let historyLimit = 64

  /// Checks every size and the order of the layers.
  ///
  /// - Throws: ``ModelDescriptionError``.
  public func validate() throws {
    try checkSize(readsFrames ? "A frame's size" : "The vocabulary", inputSize)
    for (index, layer) in layers.enumerated() {
      try check(layer, at: index, after: layers[..<index].first { $0.pooling != nil })
    }
    if layers.isEmpty && !readsFrames { throw Self.needsNumbers("The output") }
    if let second = layers.filter({ $0.pooling != nil }).dropFirst().first {
      throw ModelDescriptionError.misplaced(
        layer: "A second “\(second.inWords)”", reason: "after the first there is one step only")
    }
    try checkOutput()
  }

  private func check(
    _ layer: LayerDescription, at index: Int, after pooling: LayerDescription?
  ) throws {
    switch layer {
    case .embedding(let size):
      try checkSize("An embedding's size", size)
      if index > 0 || readsFrames {
        throw ModelDescriptionError.misplaced(
          layer: "An embedding", reason: "it reads tokens, so it has to be the first layer")
      }
      return
    case .recurrent(_, let hidden), .bidirectional(_, let hidden):
      try checkSize("The number of hidden units", hidden)
      if let pooling {
        throw ModelDescriptionError.misplaced(
          layer: "A recurrent layer",
          reason: "after “\(pooling.inWords)” there is one step only")
      }
      if case .recurrent = layer { return }
    case .dense(let size, _, let weightDecay):
      try checkSize("A dense layer's size", size)
      try Self.checkRange("A weight decay", weightDecay ?? 0)
    case .dropout(let rate):
      if !(rate >= 0 && rate < 1) { throw ModelDescriptionError.dropoutRate(rate) }
    case .noise(let deviation): try Self.checkRange("The deviation of noise", deviation)
    case .batchNorm, .lastStep, .meanOverTime, .maxOverTime: break
    }
    if index == 0 && !readsFrames {
      let words = layer.inWords
      throw Self.needsNumbers(words.prefix(1).uppercased() + words.dropFirst())
    }
  }

  private func checkOutput() throws {
    try checkSize("The output", outputSize)
    if readsFrames != saysFrames {
      throw ModelDescriptionError.misplaced(
        layer: saysFrames ? "An output of frames" : "An output of tokens",
        reason:
          "the network reads \(readsFrames ? "frames" : "tokens"), and so must what it says be")
    }
    if case .linear = output, !layers.contains(where: \.learns) {
      throw ModelDescriptionError.misplaced(
        layer: "An output without parameters of its own",
        reason: "no layer before it has anything to learn")
    }
    if readsFrames && outputSize != inputSize {
      throw ModelDescriptionError.misplaced(
        layer: "An output of \(outputSize) values",
        reason: "the frames that are read have \(inputSize)")
    }
    guard case .mixture(let components, _, let history) = output else { return }
    if !(1...Self.componentLimit).contains(components) {
      throw ModelDescriptionError.size(
        of: "The number of Gaussians", value: components, limit: Self.componentLimit)
    }
    if !(0...Self.historyLimit).contains(history) {
      throw ModelDescriptionError.misplaced(
        layer: "A history of \(history) frames",
        reason: "a mixture looks back at none to \(Self.historyLimit)")
    }
  }

  private static func checkRange(_ name: String, _ value: Float) throws {
    if !(value >= 0 && value <= 1000) { throw ModelDescriptionError.range(of: name, value: value) }
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

extension LayerDescription {
  /// True for a layer that has parameters.
  fileprivate var learns: Bool {
    switch self {
    case .embedding, .recurrent, .bidirectional, .dense, .batchNorm: return true
    case .dropout, .noise, .lastStep, .meanOverTime, .maxOverTime: return false
    }
  }
}
