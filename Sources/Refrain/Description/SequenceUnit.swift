/// What the layers are made of that read a sequence step by step: a recurrent unit, or, to be compared with
/// one, convolutions, which see some steps directly and carry nothing else.
public enum SequenceUnit: Codable, Hashable, Sendable, CustomStringConvertible {
  /// Recurrent layers.
  case recurrent(CellKind)
  /// A temporal convolutional network: each layer sees three steps, next to each other in the first layer, 2
  /// steps apart in the second, then 4 and so on to 512, where it begins anew. So `n` layers, up to ten, see
  /// `2ⁿ⁺¹ - 1` steps. The layers are rectified, and residual where sizes agree (Bai et al. 2018).
  case tcn
  /// A fully connected network over a window of 16 steps, with hyperbolic tangents.
  case window

  /// Layers of simple units.
  public static let rnn = SequenceUnit.recurrent(.rnn)
  /// Layers of long short-term memory.
  public static let lstm = SequenceUnit.recurrent(.lstm)
  /// Layers of gated recurrent units.
  public static let gru = SequenceUnit.recurrent(.gru)

  /// All of them but recurrent units of the user's own, in the order in which they are listed.
  public static let builtIn = CellKind.builtIn.map(SequenceUnit.recurrent) + [.tcn, .window]

  private static let tcnWidth = 3
  private static let tcnDilations = 10
  private static let windowWidth = 16

  /// The one with a convolution of this width.
  public init(convolutionOf width: Int) { self = width == Self.windowWidth ? .window : .tcn }

  /// The one that ``description`` names.
  public init?(_ description: String) {
    if let unit = Self.builtIn.first(where: { $0.description == description }) {
      self = unit
    } else {
      guard let kind = CellKind(description) else { return nil }
      self = .recurrent(kind)
    }
  }

  /// `tcn`, `window` or the name of the recurrent unit.
  public var description: String {
    switch self {
    case .recurrent(let kind): kind.description
    case .tcn: "tcn"
    case .window: "window"
    }
  }

  /// What tells it from the best known units; nil for those.
  package var explanation: String? {
    switch self {
    case .recurrent(let kind): kind.explanation
    case .tcn: "dilated convolutions over three steps, 1, 2, 4 and so on apart from layer to layer"
    case .window: "fully connected layers over the last 16 steps"
    }
  }

  /// Whether it is a recurrent unit that cannot read tokens as they are.
  package var needsEmbedding: Bool {
    if case .recurrent(let kind) = self { return !kind.readsTokens }
    return false
  }

  /// Whether it carries a state, and reads tokens as they are.
  public var isRecurrent: Bool {
    if case .recurrent = self { return true }
    return false
  }

  /// The layers of a network, without an embedding.
  ///
  /// - Parameters:
  ///   - inputs: the values that the first of them reads at each step; for tokens that are read as they are,
  ///     0.
  ///   - hidden: the values that each of them outputs.
  ///   - count: how many there are.
  ///   - dropout: the probability with which each value that one outputs is dropped while training.
  public func layers(
    inputs: Int, hidden: Int, count: Int, dropout: Float = 0
  ) -> [LayerDescription] {
    (0..<count).flatMap { index in
      let layer = layer(index, inputs: index == 0 ? inputs : hidden, hidden: hidden)
      return dropout == 0 ? [layer] : [layer, .dropout(rate: dropout)]
    }
  }

  private func layer(_ index: Int, inputs: Int, hidden: Int) -> LayerDescription {
    switch self {
    case .recurrent(let kind): .recurrent(cell: kind, hidden: hidden)
    case .tcn:
      .convolution(
        size: hidden, width: Self.tcnWidth, dilation: 1 << (index % Self.tcnDilations),
        activation: .relu, isResidual: inputs == hidden)
    case .window where index == 0:
      .convolution(
        size: hidden, width: Self.windowWidth, dilation: 1, activation: .tanh, isResidual: false)
    case .window: .dense(size: hidden, activation: .tanh)
    }
  }

  /// How many layers it takes to see so many steps: 1 for all but the temporal convolutional network, which
  /// takes ten at most.
  public func layers(seeing steps: Int) -> Int {
    guard self == .tcn else { return 1 }
    return (1..<Self.tcnDilations).first { 1 << ($0 + 1) > steps } ?? Self.tcnDilations
  }

  /// Reads the name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let unit = SequenceUnit(name) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "There is no unit called “\(name)”.")
    }
    self = unit
  }

  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension ModelDescription {
  /// How many values a network of this description learns.
  ///
  /// - Throws: ``ModelDescriptionError`` if there can be no such network.
  public func parameterCount(cells: [CustomCell] = []) throws -> Int {
    try ParameterLayout(self, cells: cells).parameters.count
  }
}
