import Foundation
import Testing

@Suite("refrain train refuses what is no music to learn")
struct MusicTrainRefusalTests {
  @Test(
    "Text and sound together are refused in a sentence that names both",
    arguments: [
      ["songs", "in.txt"], ["in.txt", "songs/a.wav"], ["songs/a.wav", "-"], ["both"],
      ["songs", "texts"],
    ])
  func mixed(_ inputs: [String]) throws {
    let sandbox = try Sandbox.withMusic()
    for folder in ["both", "texts"] {
      try FileManager.default.createDirectory(
        atPath: sandbox.path(folder), withIntermediateDirectories: true)
      try sandbox.write(poem, to: folder + "/poem.txt")
    }
    try sandbox.write(melody(seconds: 1), to: "both/c.wav")
    try sandbox.write(poem, to: "in.txt")
    let outcome = try sandbox.refrain(["train"] + inputs + ["--to", "run"], input: poem)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(".wav is sound and "), "\(outcome.errors)")
    #expect(outcome.errors.contains(".txt is text") || outcome.errors.contains("standard input is"))
    expectOneSentence(outcome)
    #expect(!sandbox.exists("run"))
  }

  @Test(
    "An option that is out of its range, or means nothing for music",
    arguments: [
      ["--components", "0"], ["--components", "65"], ["--noise", "-1"], ["--noise", "nan"],
      ["--sample-rate", "100"], ["--window", "1000"], ["--window", "32"], ["--hop", "0"],
      ["--hop", "1025"], ["--tokens", "byte"], ["--vocabulary-size", "9"], ["--keep", "-1"],
      ["--minimum-count", "2"], ["--embedding", "8"],
      ["--validation", "songs/a.wav"], ["--validation", "1"], ["--preset", "good"],
      ["--hidden", "0"], ["--momentum", "0.5"],
    ])
  func badOption(_ option: [String]) throws {
    let sandbox = try Sandbox.withMusic()
    let outcome = try sandbox.refrain(["train", "songs", "--to", "new"] + option)
    expectUsageError(outcome, option[0])
    #expect(!sandbox.exists("new"))
  }

  @Test("What is for music is refused for text, and the lecture's network stays as it is")
  func meaning() throws {
    let sandbox = try Sandbox.withMusic()
    try sandbox.write(poem, to: "in.txt")
    for option in [
      ["--components", "2"], ["--noise", "0.1"], ["--sample-rate", "8000"], ["--window", "256"],
      ["--hop", "64"], ["--preset", "lecture"],
    ] {
      expectUsageError(
        try sandbox.refrain(["train", "in.txt", "--to", "run"] + option), option[0])
    }
    expectUsageError(
      try sandbox.refrain([
        "train", "songs", "--to", "run", "--preset", "lecture", "--hidden", "9",
      ]), "--hidden")
    try sandbox.write(#"{"inputs": ["songs"], "tokens": "word"}"#, to: "c.json")
    expectUsageError(
      try sandbox.refrain(["train", "--config", "c.json", "--to", "run"]), "--tokens")
    #expect(!sandbox.exists("run"))
  }

  @Test("Too little sound and no sound are sentences")
  func tooLittle() throws {
    let sandbox = try Sandbox()
    try sandbox.write(melody(seconds: 0.5), to: "short.wav")
    let short = try sandbox.refrain(["train", "short.wav", "--to", "run"])
    #expect(short.status == 1 && short.errors.contains("only 0.5"), "\(short.errors)")
    expectOneSentence(short)
    try sandbox.write(Data(melody(seconds: 1).prefix(44)), to: "empty.wav")
    let empty = try sandbox.refrain(["train", "empty.wav", "--to", "run"])
    #expect(empty.status == 1 && empty.errors.contains("empty.wav"), "\(empty.errors)")
    expectOneSentence(empty)
    #expect(!sandbox.exists("run"))
  }
}
