import Foundation
import Testing

@Suite("refrain train on music")
struct MusicTrainTests {
  @Test("A folder of sound is recognised; the run folder holds sounds and pictures")
  func runFolder() throws {
    let (sandbox, outcome) = (try TrainedMusic.sandbox(), try TrainedMusic.outcome())
    #expect(outcome.errors.isEmpty)
    for text in [
      "10 s of sound from 2 files", "frames of 129 values", "for validation", "LSTM 8",
      "2 Gaussians", "copying", "gain", "frames/s", "♪ run/samples/step-00000020.flac",
      "predicts the next frame",
      "refrain generate run --seconds 30 --output new.flac", "refrain resume run --steps 400",
    ] {
      #expect(outcome.output.contains(text), "\(text) in \(outcome.output)")
    }
    #expect(!outcome.output.contains("\u{1B}"), "colours are for terminals")
    for name in [
      "config.json", "last.safetensors", "best.safetensors", "metrics.csv",
      "samples/step-00000010.flac", "samples/step-00000010.png", "samples/step-00000020.flac",
    ] {
      #expect(sandbox.exists("run/" + name), "\(name)")
    }
  }

  @Test("--stereo hears left and right, and makes both")
  func stereo() throws {
    let sandbox = try Sandbox.withMusic()
    let outcome = try sandbox.refrain(
      ["train", "songs", "--to", "run", "--stereo", "--steps", "10"] + smallMusic)
    #expect(outcome.status == 0 && outcome.output.contains("frames of 2 × 129 values"))
    #expect(try sandbox.text("run/config.json").contains(#""stereo": true"#))
    let info = try sandbox.refrain(["info", "run"]).output
    #expect(info.contains("Frames: 2 × 129 values") && info.contains("left and right"))
    let told = try sandbox.refrain(
      ["generate", "run", "--seconds", "1", "--output", "new.wav", "--json"])
    #expect(try told.jsonLines().first?["channels"] as? Int == 2)
    // 44 bytes of header at least, and a second of two channels of 16 bits.
    #expect(try sandbox.bytes("new.wav").count > 32_044)
    let live = try sandbox.refrain(["generate", "run", "--seconds", "1", "--output", "-"])
    #expect(live.bytes.count == 32_000 && live.errors.contains("aplay -f S16_LE -c 2 -r 8000"))
    #expect(try sandbox.refrain(["evaluate", "run", "songs/a.wav"]).status == 0)

    let again = try sandbox.refrain(
      ["train", "--config", "run/config.json", "--to", "again", "--no-stereo"])
    #expect(again.status == 0 && again.output.contains("frames of 129 values"))
  }

  @Test("--json prints lines of JSON with the promised fields")
  func json() throws {
    let sandbox = try Sandbox.withMusic()
    let outcome = try sandbox.refrain(
      ["train", "songs/a.wav", "--to", "run", "--steps", "20", "--json"] + smallMusic)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let lines = try outcome.jsonLines()
    let events = lines.compactMap { $0["event"] as? String }
    #expect(events.prefix(2) == ["corpus", "model"] && events.last == "end")
    #expect(
      Set(events) == ["corpus", "model", "step", "evaluation", "checkpoint", "rollout", "end"])
    #expect(lines[0]["recordings"] as? Int == 1 && lines[0]["values"] as? Int == 129)
    for line in lines.dropFirst(2) {
      for field in [
        "step", "epoch", "loss", "validation_loss", "frames_per_second", "learning_rate", "seconds",
      ] {
        #expect(line[field] != nil, "\(field) in \(line)")
      }
    }
    let rollOut = try #require(lines.last { $0["event"] as? String == "rollout" })
    for field in ["error", "copy_error", "mean_error"] { #expect(rollOut[field] is Double) }
    #expect(rollOut["verdict"] is String)
    for field in ["sound", "picture"] {
      let path = try #require(rollOut[field] as? String)
      #expect(sandbox.exists(path))
    }
    #expect(lines.last?["reason"] as? String == "finished")
  }

  @Test("A run's config.json repeats it", arguments: [[], ["--preset", "lecture"]])
  func configuration(_ preset: [String]) throws {
    let sandbox = try Sandbox.withMusic()
    let options = preset.isEmpty ? smallMusic : smallFrames + preset + ["--batch-size", "4"]
    let first = try sandbox.refrain(
      ["train", "songs", "--to", "a", "--steps", "3", "--seed", "5"] + options)
    #expect(first.status == 0, "\(first.errors)")
    let again = try sandbox.refrain(["train", "--config", "a/config.json", "--to", "b"])
    #expect(again.status == 0, "\(again.errors)")
    #expect(try sandbox.bytes("a/last.safetensors") == sandbox.bytes("b/last.safetensors"))
    #expect(try sandbox.bytes("a/config.json") == sandbox.bytes("b/config.json"))
    #expect(try sandbox.text("a/config.json").contains("lecture") == !preset.isEmpty)
  }

  @Test(
    "Every kind of unit, optimizer and schedule trains and goes on",
    arguments: [
      ["--cell", "gru", "--layers", "2"], ["--cell", "rnn", "--noise", "0", "--dropout", "0"],
      ["--optimizer", "sgd", "--momentum", "0.5", "--learning-rate", "0.001"],
      ["--optimizer", "adamw", "--weight-decay", "0.1", "--schedule", "plateau"],
      ["--validation", "0"], ["--hop", "128", "--sample-every", "2"],
    ])
  func kinds(_ options: [String]) throws {
    let sandbox = try Sandbox.withMusic()
    let outcome = try sandbox.refrain(
      ["train", "songs", "--to", "run", "--steps", "4"] + smallMusic + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try sandbox.refrain(["resume", "run", "--steps", "5"]).status == 0)
  }

  @Test("Models of the last evaluations are kept, and so by a run that goes on")
  func keep() throws {
    let sandbox = try Sandbox.withMusic()
    func kept() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: sandbox.path("run"))
        .filter { $0.hasPrefix("step-") }.sorted()
    }
    func names(_ steps: Int...) -> [String] { steps.map { "step-0000000\($0).safetensors" } }
    let outcome = try sandbox.refrain(
      ["train", "songs", "--to", "run", "--steps", "6"] + smallMusic
        + ["--keep", "2", "--evaluate-every", "2"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try kept() == names(4, 6))
    #expect(
      try sandbox.bytes("run/step-00000006.safetensors") == sandbox.bytes("run/last.safetensors"))
    let generated = try sandbox.refrain([
      "generate", "run/step-00000004.safetensors", "--seconds", "0.1", "--output", "a.wav",
    ])
    #expect(generated.status == 0, "\(generated.errors)")
    #expect(try sandbox.refrain(["resume", "run", "--steps", "8"]).status == 0)
    #expect(try kept() == names(6, 8))
    let more = ["resume", "run", "--steps", "9"]
    expectUsageError(try sandbox.refrain(more + ["--keep", "1"]), "--allow-config-change")
    let one = try sandbox.refrain(more + ["--keep", "1", "--allow-config-change"])
    #expect(one.status == 0, "\(one.errors)")
    #expect(try kept() == names(9))
  }

  @Test("What the losses say is told, though a density's may lie below zero")
  func advice() throws {
    let sandbox = try Sandbox.withMusic()
    let outcome = try sandbox.refrain(
      ["train", "songs", "--to", "run", "--steps", "50", "--learning-rate", "0.02"] + smallMusic)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("validation loss is -"), "\(outcome.output)")
    let end = try #require(outcome.output.components(separatedBy: "Done  ").last)
    #expect(end.contains("train longer, or use a larger"), "\(end)")
    let none = try sandbox.refrain(
      ["train", "songs", "--to", "run2", "--steps", "50", "--validation", "0"] + smallMusic)
    #expect(!none.output.contains("train longer, or use"), "\(none.output)")
  }

  @Test("Notes beside recordings are no text to learn; a run among them is not learned")
  func notesBeside() throws {
    let sandbox = try Sandbox.withMusic()
    for name in ["README.md", "LICENSE", "list.m3u", ".hidden.txt"] {
      try sandbox.write("the songs of the sea", to: "songs/" + name)
    }
    let first = try sandbox.refrain(
      ["train", "songs", "--to", "songs/run", "--steps", "1"] + smallMusic)
    #expect(first.status == 0, "\(first.errors)")
    let second = try sandbox.refrain(
      ["train", "songs", "--to", "run", "--steps", "1"] + smallMusic)
    #expect(second.output.contains("from 2 files"), "\(second.output)")
    #expect(second.output.contains("Skipped songs/run"), "\(second.output)")
  }
}
