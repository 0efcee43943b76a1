import Foundation
import FuzzInput
import Refrain

@main
struct FuzzDescription: FuzzTarget {
  static func read(_ input: FuzzInput) {
    let data = Data(input.bytes)
    let decoder = JSONDecoder()
    if let description = try? decoder.decode(ModelDescription.self, from: data) {
      input.read { _ = try description.layerFigures() }
    }
    if let vocabulary = try? decoder.decode(Vocabulary.self, from: data) {
      let encoding = vocabulary.encode("A “prompt”\r\n\u{301}")
      _ = vocabulary.decode(encoding.tokens)
    }
    _ = try? decoder.decode(TrainingConfiguration.self, from: data)
    _ = try? decoder.decode(TrainingLimits.self, from: data)
    _ = try? decoder.decode(TrainingProgress.self, from: data)
  }

  static func seeds() throws -> [[UInt8]] {
    let description = ModelDescription(
      input: .tokens(5), output: .softmax(5), encoder: .init(input: .tokens(4)) { GRU(3) }
    ) {
      Embedding(3)
      LSTM(4)
      Attention(3)
      Dropout(0.5)
    }
    let encoder = JSONEncoder()
    return try [
      encoder.encode(description), encoder.encode(Vocabulary(text: "a b\n", tokenKind: .word)),
      encoder.encode(Vocabulary(text: "ab", tokenKind: .character)),
      encoder.encode(TrainingConfiguration()), encoder.encode(TrainingLimits(steps: 5)),
      encoder.encode(TrainingProgress()),
    ].map { Array($0) }
  }
}
