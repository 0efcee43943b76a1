import Refrain
import RefrainText
import Testing

struct TextModelTests {
  private static let units: [SequenceUnit] = [.lstm, .recurrent(.minGRU), .tcn, .window]

  @Test(arguments: units, [1, 2, 12])
  func isKnownAgainFromItsDescription(unit: SequenceUnit, layers: Int) throws {
    for (embedding, dropout) in [(5, Float(0)), (5, 0.25), (3, 0.25)] {
      var model = TextModel()
      (model.cell, model.layers, model.hidden) = (unit, layers, 5)
      (model.embedding, model.dropout) = (embedding, dropout)
      let description = model.description(vocabularySize: 9)
      try description.validate()
      #expect(TextModel(description) == model)
    }
  }

  /// Without an embedding of its own, a convolution reads one of 64 values.
  @Test func convolutionsReadVectors() throws {
    for unit in Self.units {
      var model = TextModel()
      model.cell = unit
      let description = model.description(vocabularySize: 9)
      try description.validate()
      #expect(description.layers.contains(.embedding(size: 64)) == !unit.isRecurrent)
      let again = try #require(TextModel(description))
      #expect(again.description(vocabularySize: 9) == description)
      #expect(again.embedding == (unit.isRecurrent ? 0 : 64))
    }
  }

  @Test func otherNetworksAreNone() {
    func model(@LayerBuilder _ layers: () -> [LayerDescription]) -> TextModel? {
      TextModel(
        ModelDescription(input: .tokens(9), output: .softmax(9), layers: layers()))
    }
    #expect(
      model {
        Embedding(4)
        Convolution(4, width: 3, activation: .relu, residual: true)
        Convolution(4, width: 3, dilation: 3, activation: .relu, residual: true)
      } == nil)
    #expect(
      model {
        Embedding(4)
        Convolution(4, width: 16, activation: .tanh)
        Dense(3, activation: .tanh)
      } == nil)
    #expect(
      model {
        LSTM(4)
        Dense(4, activation: .tanh)
      } == nil)
    #expect(
      model {
        LSTM(4)
        GRU(4)
      } == nil)
  }
}
