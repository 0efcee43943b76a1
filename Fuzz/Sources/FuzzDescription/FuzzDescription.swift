import Foundation
import FuzzInput
import Refrain

/// Called by libFuzzer before the first input.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
  FuzzInput.writeSeeds { try seeds() }
}

/// Called by libFuzzer with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = FuzzInput(start, count)
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
  return 0
}

private func seeds() throws -> [[UInt8]] {
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
    encoder.encode(description), encoder.encode(Vocabulary(text: "a b\n", unit: .word)),
    encoder.encode(Vocabulary(text: "ab", unit: .character)),
    encoder.encode(TrainingConfiguration()), encoder.encode(TrainingLimits(steps: 5)),
    encoder.encode(TrainingProgress()),
  ].map { Array($0) }
}
