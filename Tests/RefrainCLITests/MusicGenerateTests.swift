import Foundation
import Testing

@Suite("refrain generate and replay, with a model of music")
struct MusicGenerateTests {
  private func made(_ sandbox: Sandbox, _ options: [String]) throws -> Outcome {
    let outcome = try sandbox.refrain(["generate", "run"] + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome
  }

  @Test("A sound of the length that was asked for, and its picture", arguments: ["wav", "flac"])
  func file(_ format: String) throws {
    let sandbox = try TrainedMusic.sandbox()
    let name = "file.\(format)"
    let told = try made(sandbox, ["--output", name, "--seconds", "1.5"])
    #expect(told.output.hasPrefix("\(name): 1.5 s of sound, made in "))
    #expect(told.output.contains("file.png: its spectrogram."))
    #expect(try sandbox.samples(name).count == 12_000)
    #expect(try sandbox.bytes("file.png").starts(with: [0x89, 0x50, 0x4e, 0x47]))
  }

  @Test func jsonHasEveryFigure() throws {
    let sandbox = try TrainedMusic.sandbox()
    let options = ["--output", "told.wav", "--seconds", "5", "--seed", "7", "--json", "--copies"]
    let lines = try made(sandbox, options).jsonLines()
    let told = try #require(lines.first)
    #expect(lines.count == 1)
    #expect(told["output"] as? String == "told.wav" && told["picture"] as? String == "told.png")
    #expect(told["seconds"] as? Double == 5 && told["sample_rate"] as? Int == 8000)
    #expect(told["seed"] as? Int == 7 && (told["took"] as? Double ?? -1) > 0)
    #expect(abs((told["temperature"] as? Double ?? 0) - 1) < 1e-6)
    #expect((told["gain"] as? Double).map { $0 > 0 && $0 <= 1 } == true)
    #expect(told["verdict"] is String && told["advice"] != nil)
    for copy in try #require(told["copies"] as? [[String: Any]]) {
      #expect((copy["recording"] as? String)?.contains("/songs/") == true)
      #expect((copy["time"] as? Double).map { (0...7).contains($0) } == true)
      #expect(copy["second"] is Int && copy["distance"] is Double && copy["is_copy"] is Bool)
    }
  }

  @Test func copiesAreTold() throws {
    let sandbox = try TrainedMusic.sandbox()
    let options = ["--output", "copies.wav", "--seconds", "3", "--from", "2"]
    let plain = try made(sandbox, options).output
    let told = try made(sandbox, options + ["--copies"]).output
    #expect(!plain.contains("dB away") && !plain.contains("/songs/"))
    #expect(told.contains("of 3 seconds") && told.contains(" dB away"), "\(told)")
    #expect(told.contains("\n  second 0: ") && told.contains("/songs/"))
  }

  @Test func aLoopHasItsLength() throws {
    let sandbox = try TrainedMusic.sandbox()
    _ = try made(sandbox, ["--output", "loop.wav", "--seconds", "1.2345", "--loop"])
    let samples = try sandbox.samples("loop.wav")
    #expect(samples.count == 9876)
    // From the end to the beginning it is no further than elsewhere.
    let largest = zip(samples, samples.dropFirst()).map { abs($1 - $0) }.max() ?? 0
    #expect(abs(samples[0] - samples[9875]) <= largest && largest > 0)
  }

  @Test func itGoesOnFromARecording() throws {
    let sandbox = try TrainedMusic.sandbox()
    let options = ["--output", "on.wav", "--seconds", "1", "--prompt-audio", "mine.wav"]
    _ = try made(sandbox, options)
    #expect(try sandbox.samples("on.wav").count == 8000)
    let told = try made(sandbox, options + ["--with-prompt", "--json"]).jsonLines()
    let both = try sandbox.samples("on.wav")
    // The clip's two seconds are 251 frames.
    #expect(both.count == 8000 + 251 * 64)
    #expect(told.first?["seconds"] as? Double == Double(both.count) / 8000)
  }

  @Test(
    "Replay makes the same bytes",
    arguments: [
      [], ["--from", "3"], ["--prompt-audio", "mine.wav", "--with-prompt"], ["--loop"],
      ["--seed", "18446744073709551615", "--temperature", "1.3"],
    ])
  func replay(_ options: [String]) throws {
    let sandbox = try TrainedMusic.sandbox()
    let name = "replay\(options.joined())".replacing(".", with: "") + ".flac"
    _ = try made(sandbox, ["--output", name, "--seconds", "0.5"] + options)
    let outcome = try sandbox.refrain(["replay", name, "--output", "again-" + name])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try sandbox.bytes("again-" + name) == sandbox.bytes(name))
  }

  @Test func replayKnowsWhatMadeASound() throws {
    let trained = try TrainedMusic.sandbox()
    let sandbox = try Sandbox()
    let model = try sandbox.write(trained.bytes("run/last.safetensors"), to: "m.safetensors")
    try sandbox.write(melody(seconds: 1, from: 1), to: "clip.wav")
    let options = ["--seconds", "0.3", "--prompt-audio", "clip.wav", "--output", "a.flac"]
    #expect(try sandbox.refrain(["generate", model] + options).status == 0)

    func refused(_ arguments: [String], _ words: String) throws {
      let outcome = try sandbox.refrain(["replay"] + arguments + ["--output", "b.flac"])
      #expect(outcome.status == 1 && outcome.errors.hasPrefix("refrain: "))
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(!sandbox.exists("b.flac") && !sandbox.exists("b.png"))
    }
    try refused(["clip.wav"], "clip.wav does not contain how it was made")
    try refused(["none.wav"], "There is no file or folder none.wav")
    try refused(["a.flac", "--model", "clip.wav"], "clip.wav is not the model that made a.flac")

    // The model is somewhere else now, and something else is where it was.
    try sandbox.write(trained.bytes(model: "run"), to: "moved.safetensors")
    try sandbox.write("other", to: "m.safetensors")
    try refused(["a.flac"], "m.safetensors is not the model that made a.flac")
    let moved = try sandbox.refrain(
      ["replay", "a.flac", "--model", "moved.safetensors", "--output", "c.wav"])
    #expect(moved.status == 0, "\(moved.errors)")
    #expect(try sandbox.samples("c.wav") == sandbox.samples("a.flac"))

    try sandbox.write(melody(seconds: 1, from: 2), to: "clip.wav")
    try refused(["a.flac", "--model", "moved.safetensors"], "no longer the sound")
    let usage = try sandbox.refrain(["replay", "a.flac", "--output", "b.txt"])
    expectUsageError(usage, "--output must end in .wav")
  }
}

extension Sandbox {
  /// The bytes of a run's last model.
  fileprivate func bytes(model run: String) throws -> Data { try bytes(run + "/last.safetensors") }
}
