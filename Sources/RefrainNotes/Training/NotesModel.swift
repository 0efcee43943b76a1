public import Refrain

/// The size and kind of a network that learns the next time step of notes.
public struct NotesModel: Codable, Equatable, Sendable {
  /// The recurrent unit.
  public var cell = CellKind.lstm
  /// Units of each layer: `H`.
  public var hidden = 256
  /// Recurrent layers.
  public var layers = 1
  /// Whether each key is normalised by how often it is down.
  public var normalises = false
  /// The probability with which a key that is read is dropped while training.
  public var inputDropout: Float = 0.1
  /// The probability with which the output of each recurrent layer is dropped while training.
  public var dropout: Float = 0.3

  /// The recipe that predicts best.
  public init() {}

  /// The network.
  public var description: ModelDescription {
    ModelDescription(input: .frames(KeySet.keys.count), output: .labels(KeySet.keys.count)) {
      if normalises { BatchNorm() }
      if inputDropout > 0 { Dropout(inputDropout) }
      for _ in 0..<layers {
        Recurrent(cell, hidden)
        if dropout > 0 { Dropout(dropout) }
      }
    }
  }
}
