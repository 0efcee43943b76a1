import Foundation
import Testing

@Suite("Music that cannot be made is refused in a sentence")
struct MusicRefusalTests {
  @Test(
    "An option that cannot be",
    arguments: [
      ([], "--output new.flac"), (["--output", "a.txt"], "--output must end in .wav"),
      (["--output", "a"], "--output must end in .wav"),
      (["--output", "a.wav", "--seconds", "0"], "--seconds 0 is without end"),
      (["--output", "a.wav", "--seconds", "-1"], "--seconds must be from 0 to 3600"),
      (["--output", "a.wav", "--seconds", "3601"], "--seconds must be from 0 to 3600"),
      (["--output", "a.wav", "--seconds", "nan"], "--seconds must be from 0 to 3600"),
      (["--output", "a.wav", "--temperature", "-1"], "--temperature must be 0 or more"),
      (["--output", "a.wav", "--with-prompt"], "--with-prompt needs"),
      (["--output", "a.wav", "--from", "1", "--prompt-audio", "mine.wav"], "not both"),
      (["--output", "a.wav", "--from", "1", "--with-prompt", "--loop"], "A loop"),
      (["--output", "-", "--loop"], "go with a file"),
      (["--output", "-", "--copies"], "go with a file"), (["--output", "-", "--json"], "--json"),
    ])
  func badOption(_ options: [String], _ words: String) throws {
    let sandbox = try TrainedMusic.sandbox()
    expectUsageError(try sandbox.refrain(["generate", "run"] + options), words)
  }

  private func expectFailure(_ outcome: Outcome, _ words: String) {
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("refrain: "))
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test(
    "An option of text, for a model of music",
    arguments: [
      ["--prompt", "a"], ["--prompt-file", "in.txt"], ["--length", "5"], ["--count", "2"],
      ["--beam", "2"], ["--stop", "a"], ["--weights", "i8"], ["--threads", "2"], ["--top-k", "3"],
      ["--top-p", "0.5"], ["--min-p", "0.1"], ["--repetition-penalty", "1.2"],
    ])
  func optionOfText(_ options: [String]) throws {
    let sandbox = try TrainedMusic.sandbox()
    expectFailure(
      try sandbox.refrain(["generate", "run", "--output", "text.wav"] + options),
      "\(options[0]) is for models of text")
    #expect(!sandbox.exists("text.wav"))
  }

  @Test(
    "An option of music, for a model of text",
    arguments: [
      ["--output", "a.wav"], ["--seconds", "3"], ["--prompt-audio", "a.wav"], ["--from", "3"],
      ["--loop"], ["--copies"],
    ])
  func optionOfMusic(_ options: [String]) throws {
    let sandbox = try TrainedModels.sandbox()
    expectFailure(
      try sandbox.refrain(["generate", "run"] + options), "\(options[0]) is for models of music")
  }

  @Test(
    "A place or a sound that is not there",
    arguments: [
      (["--from", "11"], "has 10 seconds"), (["--from", "1e300"], "has 10 seconds"),
      (["--from", "nan"], "has 10 seconds"), (["--from", "-1"], "has 10 seconds"),
      (["--prompt-audio", "none.wav"], "none.wav"),
      (["--prompt-audio", "in.txt"], "in.txt is not a sound file"),
    ])
  func badStart(_ options: [String], _ words: String) throws {
    let sandbox = try TrainedMusic.sandbox()
    for output in ["start.wav", "-"] {
      let outcome = try sandbox.refrain(
        ["generate", "run", "--seconds", "0.1", "--output", output] + options)
      expectFailure(outcome, words)
    }
    #expect(!sandbox.exists("start.wav") && !sandbox.exists("start.png"))
  }

  @Test func aFolderThatIsNotThere() throws {
    let sandbox = try TrainedMusic.sandbox()
    let outcome = try sandbox.refrain(
      ["generate", "run", "--seconds", "0.1", "--output", "nowhere/a.wav"])
    expectFailure(outcome, "nowhere/a.wav was not written")
  }
}
