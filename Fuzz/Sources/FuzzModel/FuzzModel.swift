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
  input.readFile("model") { _ = try ModelFile(contentsOf: $0) }
  // Whoever alters a file by purpose can make its hash right again.
  guard let file = try? SafeTensors(bytes: input.bytes, path: "model") else { return 0 }
  var hashed = file
  hashed.metadata["hash"] = nil
  input.readFile("model", of: hashed.encoded(hashed: true)) { _ = try ModelFile(contentsOf: $0) }
  return 0
}

private func seeds() throws -> [[UInt8]] {
  let vocabulary = Vocabulary(text: "ab\n", unit: .character)
  let text = try Network(
    ModelDescription(input: .tokens(3), output: .softmax(3)) { LSTM(2) })
  let frames = try Network(
    ModelDescription(input: .frames(2), output: .mixture(components: 1, size: 2, history: 1)) {
      GRU(2)
    })
  return try [
    ModelFile(network: text, vocabulary: vocabulary, information: ["text": "ä"]).encoded(),
    ModelFile(network: frames).encoded(), SafeTensors().encoded(),
    SafeTensors(tensors: [.init(name: "w", shape: [1], floats: [1])]).encoded(),
  ]
}
