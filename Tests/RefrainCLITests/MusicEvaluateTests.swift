import Foundation
import Testing

@Suite("refrain evaluate and refrain info on music")
struct MusicEvaluateTests {
  private static let fields: Set<String> = [
    "frames", "error", "copy_error", "mean_error", "gain", "loss",
  ]

  @Test("The validation part and other files, as numbers and as a table")
  func numbers() throws {
    let sandbox = try TrainedMusic.sandbox()
    for inputs in [[], ["songs/b.wav"], ["songs"]] {
      let outcome = try sandbox.refrain(["evaluate", "run"] + inputs + ["--json"])
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      let values = try #require(try outcome.jsonLines().first)
      #expect(Set(values.keys) == Self.fields)
      let numbers = try ["gain", "error", "copy_error"].map { try #require(values[$0] as? Double) }
      #expect(abs(numbers[0] - (1 - numbers[1] / numbers[2])) < 1e-9)
    }
    let own = try #require(try sandbox.refrain(["evaluate", "run", "--json"]).jsonLines().first)
    let information = try #require(
      try sandbox.refrain(["info", "run", "--json"]).jsonLines().first)
    let training = try #require(information["training"] as? [String: Any])
    let best = try #require(training["best_loss"] as? Double)
    let loss = try #require(own["loss"] as? Double)
    #expect(abs(loss - best) < 1e-6)

    let table = try sandbox.refrain(["evaluate", "run"])
    for words in [
      "this model", "copying the last frame", "the mean frame", "own validation part",
      "nats per value",
    ] {
      #expect(table.output.contains(words), "\(words) in \(table.output)")
    }
    let compact = try sandbox.refrain(["evaluate", "run", "--weights", "i8", "--json"])
    let error = try #require(try compact.jsonLines().first?["error"] as? Double)
    let exact = try #require(own["error"] as? Double)
    #expect(error != exact && abs(error - exact) < 0.1 * exact)
  }

  @Test("Text for a model of music and sound for one of text are one sentence each")
  func otherKind() throws {
    let music = try TrainedMusic.sandbox()
    let text = try TrainedModels.sandbox()
    let poem = text.path("in.txt")
    for (model, input, words) in [
      (music.path("run"), poem, "is text, but"), (music.path("run"), "-", "Standard input is text"),
      (text.path("run"), music.path("songs/a.wav"), "is sound, but"),
    ] {
      let outcome = try music.refrain(["evaluate", model, input], input: "the sea")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      expectOneSentence(outcome)
    }
    let folder = try Sandbox()
    try folder.write(melody(seconds: 0.3), to: "short.wav")
    let short = try folder.refrain(["evaluate", music.path("run"), "short.wav"])
    #expect(short.status == 1 && short.errors.contains("longer"), "\(short.errors)")
    expectOneSentence(short)
    let missing = try folder.refrain(["evaluate", music.path("run"), "nowhere.wav"])
    #expect(missing.status == 1 && missing.errors.contains("nowhere.wav"))
    expectOneSentence(missing)
  }

  @Test("What a model of music is")
  func info() throws {
    let sandbox = try TrainedMusic.sandbox()
    let plain = try sandbox.refrain(["info", "run"])
    for words in [
      "LSTM 8", "Adam", "2 recordings, 10 s", "songs/a.wav, 7.0 s", "10% are for validation",
      "129 values, 125.0 per second", "normalised logarithms", "Usual in this music", "loudness",
      "nats per value", "20 steps",
    ] {
      #expect(plain.output.contains(words), "\(words) in \(plain.output)")
    }
    let values = try #require(try sandbox.refrain(["info", "run", "--json"]).jsonLines().first)
    let music = try #require(values["music"] as? [String: Any])
    #expect(music["window"] as? Int == 256 && music["hop"] as? Int == 64)
    #expect((music["recordings"] as? [[String: Any]])?.count == 2)
    #expect(music["usual"] is [String: Any])
  }
}
