import Foundation
import Refrain
import Testing

@Suite("refrain train --cell")
struct CellTests {
  @Test(
    "Every unit learns, is told by its name, goes on and generates",
    arguments: SequenceUnit.builtIn)
  func cells(_ unit: SequenceUnit) throws {
    let name = unit.description
    let words = ModelDescription(
      input: .tokens(9), output: .softmax(9), layers: unit.layers(inputs: 9, hidden: 12, count: 1)
    ).layersInWords
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    let trained = try sandbox.refrain(
      ["train", "in.txt", "--to", "run", "--cell", name, "--steps", "40", "--json"] + small
        + (unit == .recurrent(.mogrifierLSTM) ? ["--embedding", "8"] : []))
    #expect(trained.status == 0, "\(trained.errors)")
    let losses = try trained.jsonLines().compactMap { $0["validation_loss"] as? Double }
    let (first, last) = (try #require(losses.first), try #require(losses.last))
    #expect(last < first)
    #expect(try sandbox.text("run/config.json").contains("\"\(name)\""))
    let information = try sandbox.refrain(["info", "run"])
    #expect(information.output.contains(words), "\(information.output)")
    let resumed = try sandbox.refrain(["resume", "run", "--steps", "45"])
    #expect(resumed.status == 0, "\(resumed.errors)")
    let started = try sandbox.refrain(
      ["train", "in.txt", "--to", "next", "--start-from", "run", "--steps", "2"])
    #expect(started.status == 0, "\(started.errors)")
    let written = try sandbox.refrain(["generate", "run", "--length", "30", "--seed", "1"])
    #expect(written.status == 0 && written.output.count >= 30, "\(written.errors)")
  }

  @Test(
    "Units that are not recurrent are refused for music and notes", arguments: ["tcn", "window"])
  func withoutRecurrence(_ name: String) throws {
    let sandbox = try Sandbox.withMusic()
    try sandbox.write(#"{"train": [[[60], [62]]], "valid": [], "test": []}"#, to: "pieces.json")
    for (input, words) in [("songs", "songs is sound"), ("pieces.json", "pieces.json holds notes")]
    {
      let outcome = try sandbox.refrain(["train", input, "--to", "run", "--cell", name])
      expectUsageError(outcome, "--cell \(name) is for text and tables, and \(words)")
      #expect(!sandbox.exists("run"))
    }
  }

  @Test("A unit that cannot read tokens says what to add")
  func mogrifierWithoutEmbedding() throws {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    let outcome = try sandbox.refrain(
      ["train", "in.txt", "--to", "run", "--cell", "mogrifier", "--steps", "4"] + small)
    #expect(outcome.status == 1 && outcome.errors.contains("--embedding"), "\(outcome.errors)")
    expectOneSentence(outcome)
    #expect(!sandbox.exists("run"))
  }
}
