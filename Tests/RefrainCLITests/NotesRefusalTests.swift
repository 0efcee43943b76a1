import Foundation
import Testing

@Suite("What is no notes to learn, or means nothing for them, is refused")
struct NotesRefusalTests {
  @Test(
    "An option that is out of its range, or means nothing for notes",
    arguments: [
      ["--grid", "0"], ["--grid", "65"], ["--transpose", "13"], ["--transpose", "-1"],
      ["--input-dropout", "1"], ["--noise", "0.1"], ["--tokens", "byte"], ["--window", "256"],
      ["--validation", "1"], ["--validation", "in.txt"], ["--preset", "good"],
    ])
  func badOption(_ option: [String]) throws {
    let sandbox = try Sandbox.withNotes()
    let outcome = try sandbox.refrain(["train", "pieces", "--to", "new"] + option)
    expectUsageError(outcome, option[0])
    #expect(!sandbox.exists("new"))
  }

  @Test("What cannot be learned is refused in a sentence")
  func refused() throws {
    let sandbox = try Sandbox.withNotes()
    try sandbox.write(poem, to: "in.txt")
    try sandbox.write(melody(seconds: 1), to: "a.wav")
    try sandbox.write("MThd nothing", to: "broken.mid")
    for (inputs, words) in [
      (["pieces", "in.txt"], "holds notes and in.txt is text"),
      (["pieces", "a.wav"], "a.wav is sound and pieces/0.mid holds notes"),
      (["broken.mid"], "broken.mid cannot be read as a Standard MIDI File"),
      (["pieces.json", "pieces"], "name it alone"),
    ] {
      let outcome = try sandbox.refrain(["train"] + inputs + ["--to", "new"])
      #expect(outcome.status == 1 && outcome.errors.contains(words), "\(outcome.errors)")
      expectOneSentence(outcome)
      #expect(!sandbox.exists("new"))
    }
    expectUsageError(
      try sandbox.refrain(
        ["train", "pieces.json", "--to", "new", "--validation", "0.2"]), "--validation")
    expectUsageError(
      try sandbox.refrain(["train", "in.txt", "--to", "new", "--transpose", "2"]), "--transpose")
  }

  @Test("What means nothing to a model of notes, or to another")
  func wrongModels() throws {
    let sandbox = try Sandbox.withNotes()
    try sandbox.write(poem, to: "in.txt")
    let training = ["train", "pieces", "--to", "run", "--steps", "2"] + smallNotes
    #expect(try sandbox.refrain(training).status == 0)
    for options in [["--prompt", "a"], ["--length", "4"], ["--top-k", "3"], ["--loop"]] {
      let outcome = try sandbox.refrain(["generate", "run", "--output", "a.mid"] + options)
      #expect(outcome.status == 1 && outcome.errors.contains("is one of notes"))
      #expect(outcome.errors.contains(options[0]), "\(outcome.errors)")
      expectOneSentence(outcome)
    }
    for options in [[], ["--output", "a.wav"], ["--output", "-"]] {
      expectUsageError(try sandbox.refrain(["generate", "run"] + options), "--output new.mid")
    }
    for (name, value) in [("--tempo", "3"), ("--seconds", "3601"), ("--seconds", "0.001")] {
      expectUsageError(
        try sandbox.refrain(["generate", "run", "--output", "a.mid", name, value]), name)
    }
    #expect(
      try sandbox.refrain(["train", "in.txt", "--to", "t", "--steps", "2"] + small).status == 0)
    let tempo = try sandbox.refrain(["generate", "t", "--tempo", "90"])
    #expect(tempo.status == 1 && tempo.errors.contains("--tempo is for models of notes"))
    let evaluated = try sandbox.refrain(["evaluate", "t", "pieces/0.mid"])
    #expect(evaluated.status == 1 && evaluated.errors.contains("holds notes, but"))
    let text = try sandbox.refrain(["evaluate", "run", "in.txt"])
    #expect(text.status == 1 && text.errors.contains("in.txt holds no notes"))
    expectOneSentence(text)
  }
}
