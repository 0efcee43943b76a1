/// Which recurrent unit a layer is made of.
public enum CellKind: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The simple unit: `h = tanh(W x + U h + b)`.
  case rnn
  /// Long short-term memory.
  case lstm
  /// The gated recurrent unit, reset after the matrix product.
  case gru
  /// Long short-term memory whose gates see the cell value: input and forget gate the previous one, output
  /// gate the new one, with one weight per unit each (Gers & Schmidhuber 2000).
  case peepholeLSTM
  /// Long short-term memory whose input gate is what its forget gate leaves: `i = 1 - f` (“CIFG”, Greff
  /// et al. 2017).
  case coupledLSTM
  /// The gated recurrent unit without anything that sees the previous output but the update itself:
  /// `h = (1 - z) h₋ + z (W x + b)` (Feng et al. 2024).
  case minGRU
  /// Its sibling with two gates, which are made to add up to one: `h = f' h₋ + i' (W x + b)` with
  /// `f' = f / (f + i)`, `i' = i / (f + i)` (Feng et al. 2024).
  case minLSTM
  /// Long short-term memory before which the input and the previous output alter each other, in five
  /// rounds; it reads numbers, not tokens (“Mogrifier”, Melis et al. 2020).
  case mogrifierLSTM
  /// A unit of the user's own, by the name that it is registered under (``CustomCell``).
  case custom(String)

  /// The built-in units.
  private static let builtIn: [CellKind] = [
    .rnn, .lstm, .gru, .peepholeLSTM, .coupledLSTM, .minGRU, .minLSTM, .mogrifierLSTM,
  ]

  /// `rnn`, `lstm`, `gru`, `peephole`, `coupled`, `mingru`, `minlstm`, `mogrifier` or `custom:NAME`.
  public var description: String {
    switch self {
    case .rnn: return "rnn"
    case .lstm: return "lstm"
    case .gru: return "gru"
    case .peepholeLSTM: return "peephole"
    case .coupledLSTM: return "coupled"
    case .minGRU: return "mingru"
    case .minLSTM: return "minlstm"
    case .mogrifierLSTM: return "mogrifier"
    case .custom(let name): return "custom:" + name
    }
  }

  /// The kind that `description` names.
  public init?(_ description: String) {
    if let kind = Self.builtIn.first(where: { $0.description == description }) {
      self = kind
    } else {
      guard description.hasPrefix("custom:") else { return nil }
      self = .custom(String(description.dropFirst("custom:".count)))
    }
  }

  /// Reads the kind's name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let kind = CellKind(name) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "There is no recurrent unit called “\(name)”.")
    }
    self = kind
  }

  /// Writes the kind's name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
