import Foundation
import Testing

@Suite("refrain generate")
struct GenerateTests {
  let sandbox: Sandbox

  init() throws { sandbox = try TrainedModels.sandbox() }

  @Test("Weights of fewer bytes write the same text with any number of threads")
  func fewerBytes() throws {
    let sandbox = try TrainedModels.sandbox()
    let text = try sandbox.generated(["--length", "200", "--weights", "i8"])
    #expect(
      try sandbox.generated(["--length", "200", "--weights", "i8", "--threads", "3"]) == text)
    #expect(text.count > 100)
  }

  @Test("A text is the same for a seed, whatever the number of threads")
  func isDeterministic() throws {
    let text = try sandbox.generated(["--length", "200"])
    #expect(text.count > 200 && text.last == "\n")
    #expect(try sandbox.generated(["--length", "200", "--threads", "1"]) == text)
    #expect(try sandbox.generated(["--length", "200", "--threads", "2"]) == text)
    #expect(try sandbox.generated(["--length", "200", "--seed", "1"]) == text)
    #expect(try sandbox.generated(["--length", "200", "--seed", "2"]) != text)
  }

  @Test("A run folder stands for its best model")
  func model() throws {
    let outcome = try sandbox.refrain(["generate", "run/best.safetensors", "--length", "50"])
    #expect(outcome.output == (try sandbox.generated(["--length", "50"])))
  }

  @Test("A prompt may begin with a dash", arguments: ["-x", "--help", "--", "-", "--length"])
  func prompt(_ prompt: String) throws {
    let text = try sandbox.generated(["--length", "20", "--prompt", prompt])
    #expect(text.hasPrefix(prompt))
    #expect(text.count >= prompt.count + 20)
  }

  @Test("A prompt from a file and from standard input")
  func promptFile() throws {
    let other = try Sandbox()
    let file = other.path(try other.write("The wind", to: "prompt.txt"))
    let text = try sandbox.generated(["--length", "20", "--prompt", "The wind"])
    #expect(text.hasPrefix("The wind"))
    #expect(try sandbox.generated(["--length", "20", "--prompt-file", file]) == text)
    let outcome = try sandbox.refrain(
      ["generate", "run", "--length", "20", "--prompt-file", "-"], input: "The wind")
    #expect(outcome.output == text)
    // It is read as a training reads its files.
    let files: [(String, [UInt8])] = [
      ("marked.txt", [0xEF, 0xBB, 0xBF] + Array("The wind".utf8)),
      ("utf16.txt", [0xFF, 0xFE] + Array("The wind".utf8).flatMap { [$0, 0] }),
    ]
    for (name, bytes) in files {
      let file = other.path(try other.write(Data(bytes), to: name))
      #expect(try sandbox.generated(["--length", "20", "--prompt-file", file]) == text, "\(name)")
    }
    let binary = other.path(try other.write(Data([0, 1, 2, 0, 3]), to: "binary"))
    let refused = try sandbox.refrain(["generate", "run", "--prompt-file", binary])
    #expect(refused.status == 1 && refused.errors.contains("is not text"))
    expectOneSentence(refused)
    let missing = try sandbox.refrain(["generate", "run", "--prompt-file", "nowhere.txt"])
    #expect(missing.status == 1)
    #expect(missing.errors.contains("nowhere.txt"))
    expectOneSentence(missing)
  }

  @Test("Characters of the prompt that the model does not know are named, and the text goes on")
  func unknownCharacters() throws {
    let outcome = try sandbox.refrain(
      ["generate", "run", "--length", "10", "--prompt", "the séa 日"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("the séa 日"))
    #expect(outcome.errors.contains("‘é’ as ‘e’") && outcome.errors.contains("‘日’"))
    expectOneSentence(outcome)
  }

  @Test("A text of the count does not depend on the count")
  func count() throws {
    let one = try sandbox.generated(["--length", "40", "--json"])
    let three = try sandbox.refrain(
      ["generate", "run", "--length", "40", "--json", "--count", "3"]
    ).jsonLines()
    #expect(three.map { $0["index"] as? Int } == [1, 2, 3])
    #expect(three.allSatisfy { $0["tokens"] as? Int == 40 && $0["prompt"] as? String == "" })
    let texts = three.compactMap { $0["text"] as? String }
    #expect(Set(texts).count == 3)
    #expect(texts.allSatisfy { $0.count == 40 })
    #expect(one.contains("\"index\":1,"))
    let plain = try sandbox.generated(["--length", "40", "--count", "3"])
    for (index, text) in texts.enumerated() {
      #expect(plain.contains("--- \(index + 1) ---\n\(text)"))
    }
    let two = try sandbox.generated(["--length", "40", "--count", "2"])
    #expect(plain.hasPrefix(two))
  }

  @Test("A text ends in front of the text to stop at")
  func stop() throws {
    let options = ["--length", "300", "--json"]
    let whole = try sandbox.refrain(["generate", "run"] + options).jsonLines()
    let text = try #require(whole.first?["text"] as? String)
    let stopped = try sandbox.refrain(["generate", "run", "--stop", "e"] + options).jsonLines()
    #expect(stopped.first?["text"] as? String == String(text.prefix { $0 != "e" }))
    let endless = try sandbox.generated(["--length", "0", "--stop", "e"])
    #expect(endless.hasPrefix(text.prefix { $0 != "e" }))
  }

  @Test("The likeliest texts, best first; width 1 is greedy")
  func beam() throws {
    let options = ["--prompt", "The ", "--length", "12"]
    let greedy = try sandbox.generated(options + ["--temperature", "0"])
    #expect(try sandbox.generated(options + ["--beam", "1"]) == greedy)
    let best = try sandbox.refrain(
      ["generate", "run", "--beam", "6", "--count", "3", "--json"] + options
    ).jsonLines()
    let scores = best.compactMap { $0["log_probability"] as? Double }
    #expect(scores.count == 3 && scores == scores.sorted(by: >))
    #expect(Set(best.compactMap { $0["text"] as? String }).count == 3)
  }

  @Test("Endless text ends quietly with its reader", arguments: [":", "trap '' PIPE"])
  func brokenPipe(prefix: String) throws {
    let outcome = try sandbox.refrain(
      after: prefix + "; \"$0\" \"$@\" | head -c 2000; exit 0",
      ["generate", "run", "--length", "0"])
    #expect(outcome.status == 0)
    #expect(outcome.output.utf8.count == 2000)
    #expect(outcome.errors.isEmpty)
  }

  @Test("A model of bytes writes valid UTF-8")
  func bytes() throws {
    let sandbox = try TrainedModels.sandboxOfBytes()
    let outcome = try sandbox.refrain(
      ["generate", "run", "--length", "400", "--temperature", "5", "--prompt", "é 日"])
    #expect(outcome.status == 0)
    // Compared as bytes: what follows may be a mark that joins the last character.
    #expect(outcome.output.utf8.starts(with: "é 日".utf8))
    #expect(
      outcome.output.unicodeScalars.contains("\u{FFFD}"),
      "at this temperature some bytes are no UTF-8")
  }
}
