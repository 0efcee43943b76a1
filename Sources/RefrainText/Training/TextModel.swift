public import Refrain

/// The size and kind of a network that learns the next token of a text.
public struct TextModel: Codable, Equatable, Sendable {
  /// What the layers are made of.
  public var cell = SequenceUnit.lstm
  /// Units of each layer: `H`.
  public var hidden = 128
  /// Layers, without the embedding.
  public var layers = 2
  /// The size of each token's learned vector; 0: recurrent layers read tokens one-hot, others take vectors
  /// of ``embeddingOfConvolutions`` values.
  public var embedding = 0
  /// The probability with which the output of each layer is dropped while training.
  public var dropout: Float = 0

  /// The size of each token's learned vector where ``embedding`` is 0 and ``cell`` cannot read tokens.
  public static let embeddingOfConvolutions = 64

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
      case .recurrent(let kind, let size):
        (cell, hidden, layers) = (.recurrent(kind), size, layers + 1)
      case .convolution(let size, let width, _, _, _):
        (cell, hidden, layers) = (.init(convolutionOf: width), size, layers + 1)
      case .dense: layers += 1
      default: return nil
      }
    }
    guard self.description(vocabularySize: count) == description else { return nil }
  }

  /// The network for a vocabulary of `count` tokens.
  public func description(vocabularySize count: Int) -> ModelDescription {
    let size = embedding > 0 || cell.isRecurrent ? embedding : Self.embeddingOfConvolutions
    return ModelDescription(input: .tokens(count), output: .softmax(count)) {
      if size > 0 {
        Embedding(size)
        if dropout > 0 { Dropout(dropout) }
      }
      for layer in cell.layers(inputs: size, hidden: hidden, count: layers, dropout: dropout) {
        layer
      }
    }
  }
}
