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

  /// The model that a description is made of; nil where it has other layers than one of these.
  public init?(_ description: ModelDescription) {
    let count = description.inputSize
    layers = 0
    for layer in description.layers {
      switch layer {
      case .embedding(let size): embedding = size
      case .dropout(let rate): dropout = rate
      case .recurrent(let kind, let size): (cell, hidden, layers) = (kind, size, layers + 1)
      default: return nil
      }
    }
    guard self.description(vocabularySize: count) == description else { return nil }
  }

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
