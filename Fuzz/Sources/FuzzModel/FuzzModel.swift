import Foundation
import FuzzInput
import Refrain

@main
struct FuzzModel: FuzzTarget {
  static func read(_ input: FuzzInput) {
    input.readFile("model") { _ = try ModelFile(contentsOf: $0) }
    // Whoever alters a file by purpose can make its hash right again.
    guard let file = try? SafeTensors(bytes: input.bytes, path: "model") else { return }
    var hashed = file
    hashed.metadata["hash"] = nil
    input.readFile("model", of: hashed.encoded(hashed: true)) { _ = try ModelFile(contentsOf: $0) }
  }

  static func seeds() throws -> [[UInt8]] {
    let vocabulary = Vocabulary(text: "ab\n", tokenKind: .character)
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
}
