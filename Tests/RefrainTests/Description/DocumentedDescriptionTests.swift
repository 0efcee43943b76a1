import Refrain
import Testing

// What Documentation/Schemes.md shows.
let sounds = ModelDescription(
  input: .tokens(40), output: .softmax(40),
  encoder: ModelDescription.Encoder(input: .tokens(27)) {
    Embedding(64)
    Bidirectional(.lstm, 256)
  }
) {
  Embedding(64)
  LSTM(256)
  Attention(256)
}

struct DocumentedDescriptionTests {
  @Test func anEncoderAndADecoderSayAnotherSequence() throws {
    #expect(sounds.scheme == .manyToManyDelayed)
    #expect(try Network(sounds).parameterCount == 1_591_784)
  }
}
