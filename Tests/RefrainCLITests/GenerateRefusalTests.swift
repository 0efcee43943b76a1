import Foundation
import Testing

@Suite("What cannot be generated is refused in a sentence")
struct GenerateRefusalTests {
  @Test(
    "An option out of its range",
    arguments: [
      (["--temperature", "-1"], "--temperature must be 0 or more, not -1."),
      (["--temperature", "nan"], "--temperature must"),
      (["--temperature", "inf"], "--temperature"),
      (["--temperature", "warm"], "--temperature"),
      (["--top-k", "0"], "--top-k must be 1 or more"),
      (["--top-k", "-3"], "--top-k must"), (["--top-p", "0"], "--top-p must be above 0"),
      (["--top-p", "1.5"], "--top-p must"), (["--min-p", "2"], "--min-p must be from 0 to 1"),
      (["--min-p", "-0.5"], "--min-p must"),
      (["--repetition-penalty", "0"], "--repetition-penalty must be above 0"),
      (["--length", "-1"], "--length must be 0 or more"),
      (["--count", "0"], "--count must be 1 or more"),
      (["--beam", "0"], "--beam must be between 1 and 1000"), (["--seed", "-1"], "--seed"),
      (["--weights", "f64"], "--weights must be f32, f16 or i8, not f64."),
      (["--stop", ""], "--stop"), (["--threads", "-1"], "--threads"),
      (["--prompt", "a", "--prompt-file", "b"], "not both"),
      (["--length", "0", "--json"], "--json needs texts that end"),
      (["--length", "0", "--count", "2"], "--count needs texts that end"),
      (["--length", "0", "--beam", "2"], "--beam needs texts that end"),
      (["--beam", "2", "--count", "3"], "lower --count"),
      (["--beam", "2", "--temperature", "1"], "--temperature and --beam exclude each other"),
      (["--beam", "2", "--top-k", "4"], "--top-k and --beam exclude each other"),
      (["--beam", "2", "--seed", "4"], "--seed and --beam exclude each other"),
    ])
  func badOption(_ options: [String], _ words: String) throws {
    let sandbox = try TrainedModels.sandbox()
    expectUsageError(try sandbox.refrain(["generate", "run"] + options), words)
  }

  @Test("A file that is no whole model", arguments: ["generate", "info", "evaluate"])
  func badFile(command: String) throws {
    let model = try TrainedModels.sandbox().bytes("run/best.safetensors")
    let sandbox = try Sandbox()
    try sandbox.write(model.prefix(model.count * 2 / 3), to: "short")
    try sandbox.write(model.prefix(5), to: "tiny")
    try sandbox.write(Data(), to: "empty")
    for (name, place) in [("flipped", model.count - 100), ("header", 200), ("length", 3)] {
      var altered = model
      altered[altered.startIndex + place] ^= 1
      try sandbox.write(altered, to: name)
    }
    try sandbox.write(Data(poem.utf8), to: "poem.txt")
    try FileManager.default.createDirectory(
      atPath: sandbox.path("folder"), withIntermediateDirectories: true)
    let names = [
      "short", "tiny", "empty", "flipped", "header", "length", "poem.txt", "folder", "nowhere",
    ]
    for name in names {
      let outcome = try sandbox.refrain([command, name])
      #expect(outcome.status == 1, "\(name)")
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains(name), "\(outcome.errors)")
      expectOneSentence(outcome)
    }
  }
}
