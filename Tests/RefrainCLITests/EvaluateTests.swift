import Foundation
import Testing

@Suite("refrain evaluate and refrain info")
struct EvaluateTests {
  @Test("Weights of fewer bytes lose a little")
  func fewerBytes() throws {
    let sandbox = try TrainedModels.sandbox()
    let losses = try ["f32", "f16", "i8"].map { weights in
      let lines = try sandbox.refrain(["evaluate", "run", "--weights", weights, "--json"])
        .jsonLines()
      return try #require(lines.first?["nats_per_token"] as? Double)
    }
    #expect(losses[1] != losses[0] && abs(losses[1] - losses[0]) < 2e-3)
    #expect(losses[2] != losses[0] && abs(losses[2] - losses[0]) < 5e-2)
  }

  @Test("The validation part, as numbers and as a table")
  func validationPart() throws {
    let sandbox = try TrainedModels.sandbox()
    let lines = try sandbox.refrain(["evaluate", "run", "--json"]).jsonLines()
    let values = try #require(lines.first)
    #expect(lines.count == 1)
    #expect(
      Set(values.keys) == [
        "tokens", "nats_per_token", "bits_per_character", "perplexity", "baselines",
        "from_beginning",
      ])
    let nats = try #require(values["nats_per_token"] as? Double)
    let bits = try #require(values["bits_per_character"] as? Double)
    let perplexity = try #require(values["perplexity"] as? Double)
    #expect(abs(bits - nats / log(2)) < 1e-9 && abs(perplexity - exp(nats)) < 1e-9)
    let baselines = try #require(values["baselines"] as? [String: [String: Double]])
    #expect(Set(baselines.keys) == ["ngram", "gzip"])
    for baseline in baselines.values {
      #expect(Set(baseline.keys) == ["nats_per_token", "bits_per_character"])
    }
    let information = try #require(
      try sandbox.refrain(["info", "run", "--json"]).jsonLines().first)
    let training = try #require(information["training"] as? [String: Any])
    let best = try #require(training["best_loss"] as? Double)
    #expect(abs(best - nats) < 1e-9, "both are the best model on the same tokens")

    let table = try sandbox.refrain(["evaluate", "run"])
    #expect(table.status == 0 && table.errors.isEmpty)
    for words in ["this model", "n-grams", "gzip", "bits per character", "Kneser-Ney"] {
      #expect(table.output.contains(words), "\(words)")
    }
  }

  @Test("Another text, with characters that the model does not know")
  func otherText() throws {
    let sandbox = try TrainedModels.sandbox()
    let outcome = try sandbox.refrain(
      ["evaluate", "run", "-", "--json"], input: "the sea brings the wörd 日 back to me")
    let values = try #require(try outcome.jsonLines().first)
    #expect(values["tokens"] as? Int == 34)
    #expect(outcome.errors.contains("‘ö’ as ‘o’") && outcome.errors.contains("‘日’"))
    let short = try sandbox.refrain(["evaluate", "run", "-"], input: "e")
    #expect(short.status == 1)
    expectOneSentence(short)
    let missing = try sandbox.refrain(["evaluate", "run", "nowhere.txt"])
    #expect(missing.status == 1 && missing.errors.contains("nowhere.txt"))
    expectOneSentence(missing)
  }

  @Test("Where the training text is gone there are no baselines, and it is said")
  func textIsGone() throws {
    let trained = try TrainedModels.sandbox()
    let sandbox = try Sandbox()
    try sandbox.write(trained.bytes("run/best.safetensors"), to: "model")
    let other = try sandbox.write("the wind that blows", to: "other.txt")
    try sandbox.write(poem, to: "gone.txt")
    #expect(
      try sandbox.refrain(["train", "gone.txt", "--to", "run", "--steps", "20"] + small).status == 0
    )
    try FileManager.default.removeItem(atPath: sandbox.path("gone.txt"))
    let values = try #require(
      try sandbox.refrain(["evaluate", "run", other, "--json"]).jsonLines().first)
    #expect(values["baselines"] is NSNull)
    #expect((values["note"] as? String)?.contains("no longer there") == true)
    let own = try sandbox.refrain(["evaluate", "run"])
    #expect(own.status == 1 && own.errors.contains("gone.txt"))
    expectOneSentence(own)
  }

  @Test("What a model is and how it was trained")
  func info() throws {
    let sandbox = try TrainedModels.sandbox()
    let values = try #require(try sandbox.refrain(["info", "run", "--json"]).jsonLines().first)
    #expect(values["layers"] as? String == "LSTM 12")
    let figures = try #require(values["layer_figures"] as? [[String: Any]])
    #expect(
      figures.map { $0["layer"] as? String } == ["tokens, one-hot", "LSTM 12", "dense and softmax"])
    // A one-hot input chooses a column: the recurrent product alone is multiplied.
    #expect(figures[1]["multiply_adds_per_step"] as? Int == 4 * 12 * 12)
    #expect(values["format_version"] as? Int == 2)
    let size = try sandbox.bytes("run/best.safetensors").count
    #expect(values["file_bytes"] as? Int == size)
    let vocabulary = try #require(values["vocabulary"] as? [String: Any])
    #expect(vocabulary["size"] as? Int == Set(poem.unicodeScalars).count)
    let text = try #require(values["text"] as? [String: Any])
    #expect(text["tokens"] as? Int == poem.count)
    let documents = try #require(text["documents"] as? [[String: Any]])
    #expect((documents.first?["path"] as? String)?.hasSuffix("/in.txt") == true)
    let plain = try sandbox.refrain(["info", "run"])
    for words in ["LSTM 12", "Adam", "4 sequences of 10 steps", "in.txt", "Best validation loss"] {
      #expect(plain.output.contains(words), "\(words)")
    }
  }
}
