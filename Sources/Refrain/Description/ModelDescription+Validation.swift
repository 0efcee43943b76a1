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
        "The recurrent unit \(name.quoted) is not known here; register it as a CustomCell of that name."
    }
  }
}

extension ModelDescription {
  /// The largest layer or vocabulary that is accepted.
  static let sizeLimit = 1 << 21

  /// The most layers: a short file can list millions, whose parameters no number counts.
  static let layerLimit = 1000

  /// The most Gaussians of a mixture.
  static let componentLimit = 64
  /// The most steps that one step of a convolution sees.
  static let widthLimit = 1024
  /// The most steps from one of those to the next.
  static let dilationLimit = 1 << 16
  /// The most frames that a mixture looks back at.
  static let historyLimit = 64

  /// Checks every size and the order of the layers.
  ///
  /// - Throws: ``ModelDescriptionError``.
  public func validate() throws {
    try checkSize(readsFrames ? "A frame's size" : "The vocabulary", inputSize)
    if layers.count > Self.layerLimit {
      throw ModelDescriptionError.size(
        of: "The number of layers", value: layers.count, limit: Self.layerLimit)
    }
    var inputs = inputSize
    var pooling: LayerDescription?
    for (index, layer) in layers.enumerated() {
      try check(layer, at: index, inputs: inputs, after: pooling)
      inputs = layer.outputs(inputs: inputs)
      if pooling == nil && layer.pooling != nil { pooling = layer }
    }
    if layers.isEmpty && !readsFrames { throw Self.needsNumbers("The output") }
    if let second = layers.filter({ $0.pooling != nil }).dropFirst().first {
      throw ModelDescriptionError.misplaced(
        layer: "A second “\(second.inWords)”", reason: "after the first there is one step only")
    }
    try checkOutput()
    try checkDecoder()
  }

  /// What belongs to an encoder and a decoder alone.
  private func checkDecoder() throws {
    guard let encoder else {
      guard let layer = layers.first(where: \.needsEncoder) else { return }
      throw ModelDescriptionError.misplaced(
        layer: "“\(layer.inWords)”", reason: "there is no encoder whose words it could see")
    }
    if let layer = encoder.layers.first(where: \.needsEncoder) {
      throw ModelDescriptionError.misplaced(
        layer: "“\(layer.inWords)” in an encoder", reason: "it belongs to the decoder")
    }
    try ModelDescription(input: encoder.input, output: .softmax(1), layers: encoder.layers)
      .validate()
    if let layer = layers.first(where: { $0.looksAhead || $0.pooling != nil }) {
      throw ModelDescriptionError.misplaced(
        layer: "“\(layer.inWords)” in a decoder", reason: "a decoder says one step after the other")
    }
    let attentions = layers.filter {
      if case .attention = $0 { return true }
      return false
    }
    if attentions.count > 1 {
      throw ModelDescriptionError.misplaced(
        layer: "A second attention", reason: "a decoder has one at most")
    }
    if let layer = attentions.first, encoder.saysOnlyLast {
      throw ModelDescriptionError.misplaced(
        layer: "“\(layer.inWords)”", reason: "the encoder makes one step of all its steps")
    }
  }

  private func check(
    _ layer: LayerDescription, at index: Int, inputs: Int, after pooling: LayerDescription?
  ) throws {
    switch layer {
    case .embedding(let size):
      try checkSize("An embedding's size", size)
      if index > 0 || readsFrames {
        throw ModelDescriptionError.misplaced(
          layer: "An embedding", reason: "it reads tokens, so it has to be the first layer")
      }
      return
    case .recurrent(let kind, let hidden), .bidirectional(let kind, let hidden):
      try checkSize("The number of hidden units", hidden)
      if let pooling {
        throw ModelDescriptionError.misplaced(
          layer: "A recurrent layer",
          reason: "after “\(pooling.inWords)” there is one step only")
      }
      if !kind.readsTokens && index == 0 && !readsFrames {
        throw ModelDescriptionError.misplaced(
          layer: layer.inWords,
          reason: "it alters what it reads, so tokens need an embedding first; add one "
            + "(--embedding 64, say)")
      }
      if case .recurrent = layer { return }
    case .dense(let size, _, let weightDecay):
      try checkSize("A dense layer's size", size)
      try Self.checkRange("A weight decay", weightDecay ?? 0)
    case .convolution:
      try checkConvolution(layer, inputs: inputs)
      if let pooling, layer.stepsBack > 0 {
        throw ModelDescriptionError.misplaced(
          layer: "A convolution over several steps",
          reason: "after “\(pooling.inWords)” there is one step only")
      }
    case .dropout(let rate):
      if !(rate >= 0 && rate < 1) { throw ModelDescriptionError.dropoutRate(rate) }
    case .noise(let deviation): try Self.checkRange("The deviation of noise", deviation)
    case .attention(let size): try checkSize("An attention's size", size)
    case .batchNorm, .layerNorm, .lastStep, .meanOverTime, .maxOverTime, .repeatOverTime: break
    }
    if index == 0 && !readsFrames {
      let words = layer.inWords
      throw Self.needsNumbers(words.prefix(1).uppercased() + words.dropFirst())
    }
  }

  private func checkConvolution(_ layer: LayerDescription, inputs: Int) throws {
    guard case .convolution(let size, let width, let dilation, _, let isResidual) = layer else {
      return
    }
    try checkSize("A convolution's size", size)
    try checkSize("A convolution's width", width, limit: Self.widthLimit)
    try checkSize("A convolution's dilation", dilation, limit: Self.dilationLimit)
    if isResidual && size != inputs {
      throw ModelDescriptionError.misplaced(
        layer: "A residual convolution of size \(size)",
        reason: "its input, of size \(inputs), is added to what it says")
    }
  }

  private func checkOutput() throws {
    try checkSize("The output", outputSize)
    if case .linear = output, !layers.contains(where: \.learns) {
      throw ModelDescriptionError.misplaced(
        layer: "An output without parameters of its own",
        reason: "no layer before it has anything to learn")
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
    if history > 0 && !(readsFrames && outputSize == inputSize) {
      throw ModelDescriptionError.misplaced(
        layer: "A history of frames of \(outputSize) values",
        reason: readsFrames
          ? "the frames that are read have \(inputSize)" : "the network reads tokens, not frames")
    }
  }

  private static func checkRange(_ name: String, _ value: Float) throws {
    if !(value >= 0 && value <= 1000) { throw ModelDescriptionError.range(of: name, value: value) }
  }

  private func checkSize(_ name: String, _ value: Int, limit: Int = sizeLimit) throws {
    if !(1...limit).contains(value) {
      throw ModelDescriptionError.size(of: name, value: value, limit: limit)
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
    case .embedding, .recurrent, .bidirectional, .dense, .convolution, .batchNorm, .layerNorm,
      .attention, .repeatOverTime:
      return true
    case .dropout, .noise, .lastStep, .meanOverTime, .maxOverTime: return false
    }
  }
}
