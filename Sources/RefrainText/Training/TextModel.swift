public import Refrain

/// The size and kind of a network that learns the next token of a text.
public struct TextModel: Codable, Equatable, Sendable {
  /// The recurrent unit.
  public var cell = CellKind.lstm
  /// Units of each layer: `H`.
  public var hidden = 128
  /// Recurrent layers.
  public var layers = 2
  /// The size of each token's learned vector; 0: tokens are one-hot.
  public var embedding = 0
  /// The probability with which the output of each recurrent layer is dropped while training.
  public var dropout: Float = 0

  /// char-rnn's network.
  public init() {}

  /// The network for a vocabulary of `count` tokens.
  public func description(vocabularySize count: Int) -> ModelDescription {
    ModelDescription(input: .tokens(count), output: .softmax(count)) {
      if embedding > 0 {
        Embedding(embedding)
        if dropout > 0 { Dropout(dropout) }
      }
      for _ in 0..<layers {
        Recurrent(cell, hidden)
        if dropout > 0 { Dropout(dropout) }
      }
    }
  }
}
