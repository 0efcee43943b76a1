import Foundation
import RefrainText
import TestSupport
import Testing

/// The examples that work on text, on a song whose refrain a small network knows by heart in a moment.
struct TextExampleTests {
  private let programs = ExampleProgram(name: "ShortPrograms")

  @Test func `A text is learned; its model generates, is measured, read and drawn`() throws {
    try withTemporaryFolder { folder in
      try NurserySong.text(verses: 100)
        .write(toFile: folder + "/song.txt", atomically: true, encoding: .utf8)
      try NurserySong.text(verses: 5, seed: 2)
        .write(toFile: folder + "/other.txt", atomically: true, encoding: .utf8)
      try isLearned(folder)
      try generates(folder)
      try isMeasured(folder)
      try isRead(folder)
      try isDrawn(folder)
    }
  }

  private func isLearned(_ folder: String) throws {
    let outcome = try programs.run("train-on-text", "song.txt", "run", in: folder)
    let losses = [200, 800].flatMap { outcome.lines(after: "step \($0): validation loss ") }
      .compactMap(Double.init)
    #expect(losses.count == 2 && losses[1] < losses[0] && losses[1] < 0.5)
    #expect(outcome.lines(after: "written after step ").count == 4)
  }

  private func generates(_ folder: String) throws {
    let prompt = "Round we go and round again,\nin the "
    let output = try programs.run("generate", "run", prompt, in: folder).output
    for seed in 1...2 {
      #expect(output.contains("seed \(seed): \(prompt)sun and in the rain.\n"), "\(output)")
    }
    let beams = output.components(separatedBy: "log probability ").dropFirst()
    #expect(beams.count == 3)
    #expect(beams.first?.hasSuffix(": \(prompt)sun and in\n") == true, "\(output)")
  }

  private func isMeasured(_ folder: String) throws {
    let outcome = try programs.run("evaluate-text", "run", "other.txt", in: folder)
    #expect(outcome.output.contains(" tokens, perplexity 1."))
    let bits = try ["network", "n-grams", "gzip"].map { name in
      let line = try #require(outcome.lines(after: name + ": ").first)
      return try #require(Double(line.prefix { $0 != " " }))
    }
    #expect(bits[0] > 0 && bits[0] < bits[1] && bits[0] < bits[2], "\(outcome.output)")
  }

  private func isRead(_ folder: String) throws {
    let outcome = try programs.run("read-model", "run", in: folder)
    let count = Set(NurserySong.text(verses: 100)).count
    #expect(outcome.output.contains("LSTM 64"))
    #expect(outcome.lines(after: "vocabulary: ") == ["\(count) characters"])
    #expect(outcome.lines(after: "trained for ").first?.hasSuffix("steps, seed 1") == true)
    #expect(outcome.lines(after: "information: ") == ["text"])
    #expect(outcome.output.contains("output.weight [\(count), 64]: values up to "))
  }

  private func isDrawn(_ folder: String) throws {
    let gates = ExampleProgram(name: "GatesOverTime")
    _ = try gates.run("run", "Round we go", "gates.svg", in: folder)
    let picture = try String(contentsOfFile: folder + "/gates.svg", encoding: .utf8)
    #expect(picture.hasPrefix("<svg"))
    for name in ["input gate", "forget gate", "output gate"] {
      #expect(picture.contains(name))
    }
  }

  @Test func `A unit of one's own is checked, learns and comes back from a file`() throws {
    try withTemporaryFolder { folder in
      let outcome = try programs.run("own-unit", "own.safetensors", in: folder)
      #expect(outcome.output.hasPrefix("The gradient agrees with finite differences within "))
      let losses = (1...3).flatMap { outcome.lines(after: "step \($0)00: loss ") }
        .compactMap(Double.init)
      #expect(losses.count == 3 && losses[2] < 0.2 && losses[2] < losses[0])
      #expect(outcome.output.contains("layers.0.peephole_f"))
      #expect(outcome.lines(after: "the same peepholes: ") == ["true"])
    }
  }

  /// The README's program trains a larger network.
  @Test(.enabled(if: TestLength.isLong)) func `The README's program continues a text`() throws {
    try withTemporaryFolder { folder in
      try NurserySong.text(verses: 300)
        .write(toFile: folder + "/song.txt", atomically: true, encoding: .utf8)
      let outcome = try ExampleProgram(name: "TrainOnText").run("song.txt", in: folder)
      let loss = try #require(outcome.lines(after: "after 300 steps: ").first)
      #expect(try #require(Double(loss.prefix { $0 != " " })) < 1.2)
      #expect(outcome.output.contains("Round we go"))
    }
  }
}
