package import UnitSteps

/// Which recurrent unit a layer is made of.
public struct CellKind: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The name in files and commands, such as `lstm`; `custom:NAME` for a unit of the user's own.
  public let description: String
  /// What it is; nil for a unit of the user's own, whose ``Cell`` tells.
  package let unit: RecurrentUnit?

  /// A built-in unit.
  init(_ unit: RecurrentUnit) {
    description = unit.name
    self.unit = unit
  }

  private init(custom name: String) {
    description = Self.customPrefix + name
    unit = nil
  }

  private static let customPrefix = "custom:"

  /// A unit of the user's own, by the name that it is registered under (``CustomCell``).
  public static func custom(_ name: String) -> CellKind { CellKind(custom: name) }

  /// The name of a unit of the user's own.
  var customName: String? {
    unit == nil ? String(description.dropFirst(Self.customPrefix.count)) : nil
  }

  /// The unit as people write it: `LSTM`.
  var inWords: String { unit?.words ?? customName ?? description }

  /// What tells it from the best known units; nil for those.
  package var explanation: String? { unit?.explanation }

  /// Whether it alters what it reads before its weights see it.
  var altersInput: Bool { unit?.rounds ?? 0 > 0 }

  /// Whether it can read tokens as they are, without an embedding.
  package var readsTokens: Bool { !altersInput }

  /// What it computes element by element; nil for a unit of the user's own.
  package func kernel(_ choice: KernelChoice) -> (any UnitKernel.Type)? {
    unit?.kernel(choice)
  }

  /// The kind that `description` names.
  public init?(_ description: String) {
    if let kind = Self.builtIn.first(where: { $0.description == description }) {
      self = kind
    } else {
      guard description.hasPrefix(Self.customPrefix) else { return nil }
      self.init(custom: String(description.dropFirst(Self.customPrefix.count)))
    }
  }

  /// Whether both are the same unit.
  public static func == (one: CellKind, other: CellKind) -> Bool {
    one.description == other.description
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(description) }

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
