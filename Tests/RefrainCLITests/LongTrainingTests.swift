import Foundation
import Refrain
import TestSupport
import Testing

@Suite("A long training at a high learning rate", .enabled(if: TestLength.isLong))
struct LongTrainingTests {
  /// Words drawn by chance, the short ones more often, with something to learn in each.
  private func text() -> String {
    let words = poem.split { " \n;,.".contains($0) }.map { String($0) }
    var random = ReferenceRandom(seed: 5)
    var text = ""
    while text.utf8.count < 300_000 {
      let index = Int.random(in: 0..<words.count, using: &random)
      text += words[index * index / words.count] + (index % 9 == 0 ? ".\n" : " ")
    }
    return text
  }

  /// 400 steps of 50 sequences of 50 tokens are 1,000,000.
  @Test(
    "A million tokens at twice the usual rate leave no file with what is not a number",
    arguments: ["rnn", "lstm", "gru"])
  func millionTokens(_ cell: String) throws {
    let sandbox = try Sandbox()
    try sandbox.write(text(), to: "in.txt")
    let outcome = try sandbox.refrain([
      "train", "in.txt", "--to", "run", "--cell", cell, "--steps", "400", "--learning-rate",
      "0.004", "--evaluate-every", "10", "--keep", "1000", "--json",
    ])
    // A training that diverges says so.
    #expect(outcome.status == 0 || outcome.errors.contains("--learning-rate"), "\(outcome.errors)")
    let files = try FileManager.default.contentsOfDirectory(atPath: sandbox.path("run"))
      .filter { $0.hasSuffix(".safetensors") }
    #expect(outcome.status != 0 || files.count == 42)
    for name in files {
      let file = try SafeTensors(contentsOf: sandbox.path("run/" + name), hash: .required)
      for tensor in file.tensors {
        #expect(try tensor.floats().allSatisfy(\.isFinite), "\(name): \(tensor.name)")
      }
    }
  }
}
