import Foundation
import RefrainNotes
import Testing

@Suite("Notes: train, resume, generate, evaluate, info")
struct NotesTests {
  private static let models = ["run/last.safetensors", "run/best.safetensors"]

  @Test("MIDI files are learned, and what was made is played on")
  func wholeWay() throws {
    let sandbox = try Sandbox.withNotes()
    let trained = try sandbox.refrain(
      ["train", "pieces", "--to", "run", "--steps", "20"] + smallNotes)
    #expect(trained.status == 0, "\(trained.errors)")
    for words in [
      "9 pieces (216 time steps) for training, 1 piece (24 time steps) for validation",
      "A quarter note has 4 time steps", "88 sigmoids", "nats per time step", "in scale",
      "samples/step-00000020.mid", "refrain generate run --output new.mid",
    ] {
      #expect(trained.output.contains(words), "\(words) in \(trained.output)")
    }
    let config = try sandbox.text("run/config.json")
    #expect(config.contains("\"transpose\": 0") && config.contains("\"input-dropout\": 0"))

    let made = try sandbox.refrain([
      "generate", "run", "--seconds", "10", "--tempo", "60", "--output", "new.mid",
    ])
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.contains("new.mid: 40 time steps, 10.0 s at 60 quarter notes per minute"))
    #expect(made.output.contains("keys at a time") && made.output.contains("training"))
    let piece = try PianoRoll(midiFile: sandbox.path("new.mid"), stepsPerQuarter: 4)
    #expect(piece.frames.count == 40)
    let on = try sandbox.refrain([
      "generate", "run", "--prompt-file", "new.mid", "--with-prompt", "--seconds", "2", "--seed",
      "7", "--temperature", "0.5", "--output", "on.mid", "--json",
    ])
    let values = try #require(try on.jsonLines().first, "\(on.errors)")
    // Two seconds at 90 quarter notes per minute are three of them.
    #expect(values["moments"] as? Int == 12 && values["tempo"] as? Double == 90)
    #expect(values["usual"] is [String: Any])
    let longer = try PianoRoll(midiFile: sandbox.path("on.mid"), stepsPerQuarter: 4)
    #expect(longer.frames.count == 52 && Array(longer.frames[..<40]) == piece.frames)
  }

  @Test("A collection: its own validation part, and its test part for evaluate")
  func collection() throws {
    let sandbox = try Sandbox.withNotes()
    let trained = try sandbox.refrain(
      [
        "train", "pieces.json", "--to", "run", "--epochs", "2", "--transpose", "2", "--batch-norm",
        "--cell", "gru", "--json",
      ] + smallNotes)
    let lines = try trained.jsonLines()
    let corpus = try #require(lines.first, "\(trained.errors)")
    #expect(corpus["training_pieces"] as? Int == 7 && corpus["validation_pieces"] as? Int == 2)
    #expect(corpus["transpose"] as? Int == 2 && corpus["moments_per_quarter"] as? Int == 1)
    let layers = try #require(lines[1]["layers"] as? String)
    #expect(layers.contains("batch norm") && layers.contains("GRU 8"))
    let sample = try #require(lines.last { $0["event"] as? String == "sample" })
    #expect(sample["keys_at_a_time"] is Double && sample["moments_per_second"] is Double)

    func evaluated(_ inputs: [String]) throws -> [String: Any] {
      let outcome = try sandbox.refrain(["evaluate", "run"] + inputs + ["--json"])
      return try #require(try outcome.jsonLines().first, "\(outcome.errors)")
    }
    let (own, test) = (try evaluated([]), try evaluated(["pieces.json"]))
    #expect(own["pieces"] as? Int == 2 && own["moments"] as? Int == 46)
    #expect(test["pieces"] as? Int == 1 && test["moments"] as? Int == 23)
    let best = try #require(lines.last?["best_validation_loss"] as? Double)
    #expect(abs(best - (own["nats_per_moment"] as? Double ?? 0)) < 1e-6)
    #expect((test["baselines"] as? [String: Any])?["holding"] is Double)
    // Sixteenths, read in the quarters of the model: the last one is rounded up to a seventh time step.
    #expect(try evaluated(["pieces/9.mid"])["moments"] as? Int == 6)
    let plain = try sandbox.refrain(["evaluate", "run", "pieces.json"])
    #expect(plain.output.contains("the test part of pieces.json, 1 piece, 23 time steps predicted"))
    #expect(plain.output.contains("each key stays as it is as often as usual"))

    let info = try sandbox.refrain(["info", "run"])
    for words in [
      "7 pieces (168 time steps) for training", "transposed by up to 2 semitones",
      "Usual in these pieces", "nats per time step",
    ] {
      #expect(info.output.contains(words), "\(words) in \(info.output)")
    }
    let facts = try #require(try sandbox.refrain(["info", "run", "--json"]).jsonLines().first)
    #expect((facts["notes"] as? [String: Any])?["transpose"] as? Int == 2)
  }

  @Test("Stopped by a limit and given more steps, it is the run that never stopped")
  func resume() throws {
    let sandbox = try Sandbox.withNotes()
    func training(_ steps: Int) -> [String] {
      ["train", "pieces", "--to", "run", "--steps", "\(steps)", "--schedule", "constant"]
        + smallNotes
    }
    #expect(try sandbox.refrain(training(16) + ["--threads", "1"]).status == 0)
    let expected = try Self.models.map(sandbox.bytes)
    try FileManager.default.removeItem(atPath: sandbox.path("run"))
    #expect(try sandbox.refrain(training(5)).status == 0)
    let more = try sandbox.refrain(["resume", "run", "--steps", "16"])
    #expect(more.status == 0 && more.output.contains("continues after step 5"), "\(more.errors)")
    #expect(try Self.models.map(sandbox.bytes) == expected)
    for option in [["--grid", "2"], ["--transpose", "3"], ["--hidden", "9"]] {
      let never = try sandbox.refrain(
        ["resume", "run", "--steps", "20", "--allow-config-change"] + option)
      expectUsageError(never, option[0])
    }
    try FileManager.default.moveItem(
      atPath: sandbox.path("pieces"), toPath: sandbox.path("new"))
    let lost = try sandbox.refrain(["resume", "run", "--steps", "18"])
    #expect(lost.status == 1 && lost.errors.contains("--moved"), "\(lost.errors)")
    expectOneSentence(lost)
    let found = try sandbox.refrain(["resume", "run", "--steps", "18", "--moved", "pieces=new"])
    #expect(found.status == 0, "\(found.errors)")
    let again = try sandbox.refrain(
      ["train", "new", "--to", "again", "--start-from", "run", "--steps", "2"])
    #expect(again.status == 0, "\(again.errors)")
  }
}
