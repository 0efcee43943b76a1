import Foundation
import Refrain
import TestSupport
import Testing

@Suite("Files from outside end no command but with a sentence")
struct ForeignFileTests {
  private static let configuration = """
    {
      "inputs": ["nowhere.txt"],
      "hidden": 12, "layers": 1, "cell": "lstm", "dropout": 0.25,
      "optimizer": "adam", "learning-rate": 0.002, "steps": 3,
      "tokens": "char", "stateful": true
    }
    """

  /// The text is not there, so that a configuration that can be read is refused too, and nothing trains.
  @Test("An altered configuration")
  func alteredConfigurations() throws {
    let sandbox = try Sandbox()
    var alteration = Alteration(seed: 41)
    let whole = Array(Self.configuration.utf8)
    for round in 0..<TestLength.count(short: 60, long: 2000) {
      let altered = alteration.next(whole)
      try sandbox.write(Data(altered), to: "c.json")
      let outcome = try sandbox.refrain(["train", "--config", "c.json", "--to", "run"])
      #expect(outcome.status == 1 || outcome.status == 64, "round \(round): \(outcome.errors)")
      let sentence = outcome.errors.trimmingCharacters(in: .newlines)
      #expect(sentence.hasPrefix("refrain: "), "round \(round): \(sentence)")
      #expect(ForeignReading.fault(ofSentence: sentence) == nil, "round \(round)")
    }
  }

  @Test("A key of a megabyte, brackets without end, a key that could move the cursor")
  func hostileConfigurations() throws {
    let sandbox = try Sandbox()
    let texts = [
      "{\"\(String(repeating: "hidden", count: 200_000))\": 1}",
      String(repeating: "[", count: 1_000_000),
      "{\"hidden\": " + String(repeating: "{\"a\":", count: 100_000),
      "{\"\\u001b[2J\": 1}", "{\"cell\": \"\\u001b[2J\"}", "{\"hidden\": \"\\u001b[2J\\n\"}",
      "{\"hidden\": [\"\(String(repeating: "x", count: 100_000))\"]}", "{\"hidden\": 1e999}",
      "{\"steps\": 99999999999999999999}",
    ]
    for text in texts {
      try sandbox.write(text, to: "c.json")
      let outcome = try sandbox.refrain(["train", "--config", "c.json", "--to", "run"])
      #expect(outcome.status == 1 || outcome.status == 64, "\(outcome.errors)")
      let sentence = outcome.errors.trimmingCharacters(in: .newlines)
      #expect(ForeignReading.fault(ofSentence: sentence) == nil, "\(text.prefix(40))")
    }
  }

  private static let networks: [(name: String, json: String)] = [
    (
      "reads from both ends",
      #"{"input":{"tokens":{"_0":5}},"output":{"softmax":{"_0":5}},"#
        + #""layers":[{"embedding":{"size":2}},{"bidirectional":{"cell":"rnn","hidden":3}}]}"#
    ),
    (
      "predicts once, at the end",
      #"{"input":{"tokens":{"_0":5}},"output":{"softmax":{"_0":5}},"#
        + #""layers":[{"recurrent":{"cell":"rnn","hidden":3}},{"lastStep":{}}]}"#
    ),
    (
      "predicts labels",
      #"{"input":{"tokens":{"_0":5}},"output":{"labels":{"_0":5}},"#
        + #""layers":[{"recurrent":{"cell":"rnn","hidden":3}}]}"#
    ),
  ]

  /// A model that is right in itself, but of a network that no training on text makes.
  @Test("A model of a strange network", arguments: networks)
  func strangeModels(_ network: (name: String, json: String)) throws {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    let description = try JSONDecoder().decode(
      ModelDescription.self, from: Data(network.json.utf8))
    let model = ModelFile(
      network: try Network(description),
      vocabulary: description.predictsFrames
        ? nil : Vocabulary(text: "abcd\n", tokenKind: .character))
    try model.write(to: sandbox.path("m.safetensors"))
    let commands = [
      ["generate", "m.safetensors"], ["generate", "m.safetensors", "--beam", "2"],
      ["evaluate", "m.safetensors", "in.txt"], ["predict", "m.safetensors", "in.txt"],
      ["resume", "m.safetensors"],
    ]
    for command in commands {
      let outcome = try sandbox.refrain(command)
      #expect(outcome.status == 1 || outcome.status == 64, "\(command): \(outcome.errors)")
      let sentence = outcome.errors.trimmingCharacters(in: .newlines)
      #expect(ForeignReading.fault(ofSentence: sentence) == nil, "\(command): \(sentence)")
    }
    // To look at it, or to begin with what it has learned, is no fault.
    let start = ["--start-from", "m.safetensors", "--steps", "1"]
    for command in [["info", "m.safetensors"], ["train", "in.txt", "--to", "run"] + start] {
      let outcome = try sandbox.refrain(command)
      #expect((0...1).contains(outcome.status), "\(command): \(outcome.errors)")
    }
  }
}
