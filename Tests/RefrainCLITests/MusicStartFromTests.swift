import Testing

@Suite("refrain train --start-from, with a model of music")
struct MusicStartFromTests {
  /// A sandbox with other music, and the path of a run on some.
  private func sandbox() throws -> (sandbox: Sandbox, run: String) {
    let sandbox = try Sandbox()
    try sandbox.write(melody(seconds: 5, from: 3), to: "new.wav")
    return (sandbox, try TrainedMusic.sandbox().path("run"))
  }

  @Test("The network and the frames are the model's; config.json repeats it")
  func takesOver() throws {
    let (sandbox, run) = try sandbox()
    let outcome = try sandbox.refrain([
      "train", "new.wav", "--to", "a", "--start-from", run, "--steps", "3", "--dropout", "0.3",
      "--batch-size", "4", "--sequence-length", "20",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    for words in ["frames of 129 values", "LSTM 8", "dropout 0.3", "noise 0.1", "2 Gaussians"] {
      #expect(outcome.output.contains(words), "\(words) in \(outcome.output)")
    }
    let configuration = try sandbox.text("a/config.json")
    #expect(configuration.contains("\"start-from\": \"\(run)\""), "\(configuration)")
    #expect(configuration.contains("\"window\": 256"), "\(configuration)")
    let again = try sandbox.refrain(["train", "--config", "a/config.json", "--to", "b"])
    #expect(again.status == 0, "\(again.errors)")
    #expect(try sandbox.bytes("a/last.safetensors") == sandbox.bytes("b/last.safetensors"))
    #expect(try sandbox.refrain(["resume", "a", "--steps", "4"]).status == 0)
  }

  @Test("What a model knows already is not learned anew")
  func losses() throws {
    let (sandbox, run) = try sandbox()
    let options = ["--steps", "1", "--json", "--batch-size", "4", "--sequence-length", "20"]
    func firstLoss(_ more: [String]) throws -> Double {
      let outcome = try sandbox.refrain(["train", "new.wav"] + options + more)
      let step = try outcome.jsonLines().first { $0["event"] as? String == "step" }
      return try #require(step?["loss"] as? Double, "\(outcome.errors)")
    }
    let begun = try firstLoss(["--to", "a", "--start-from", run])
    let fresh = try firstLoss(
      ["--to", "b", "--hidden", "8", "--layers", "1", "--components", "2"] + smallFrames)
    #expect(begun < fresh, "\(begun) \(fresh)")
  }

  @Test(
    "Another network, other frames, or a model of text",
    arguments: [
      (["--hidden", "9"], "--hidden"), (["--components", "3"], "--components"),
      (["--cell", "gru"], "LSTM 8"), (["--layers", "2"], "--layers"),
      (["--window", "512"], "256 samples every 64"), (["--hop", "32"], "256 samples every 64"),
      (["--hop", "2048"], "leave out --sample-rate, --stereo, --window and --hop"),
      (["--sample-rate", "16000"], "at 8000 samples per second"),
    ])
  func refused(_ option: [String], _ words: String) throws {
    let (sandbox, run) = try sandbox()
    let train = ["train", "new.wav", "--to", "a", "--steps", "1", "--start-from"]
    let outcome = try sandbox.refrain(train + [run] + option)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    expectOneSentence(outcome)
    #expect(!sandbox.exists("a"))
    // The model's own values may be named.
    let same = ["--hidden", "8", "--window", "256", "--hop", "64", "--sample-rate", "8000"]
    let named = try sandbox.refrain(train + [run, "--batch-size", "4"] + same)
    #expect(named.status == 0, "\(named.errors)")
  }

  @Test("A model of the other kind, or none")
  func otherKind() throws {
    let (sandbox, run) = try sandbox()
    let text = try TrainedModels.sandbox()
    try sandbox.write(poem, to: "poem.txt")
    for (input, model, words) in [
      ("new.wav", text.path("run"), "not a music model"), ("poem.txt", run, "no vocabulary"),
      ("new.wav", "nowhere", "nowhere"), ("new.wav", "poem.txt", "poem.txt"),
    ] {
      let outcome = try sandbox.refrain(["train", input, "--to", "a", "--start-from", model])
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      expectOneSentence(outcome)
      #expect(!sandbox.exists("a"))
    }
  }

  @Test("The lecture's network is taken as it is")
  func lecture() throws {
    let (sandbox, run) = try sandbox()
    let small = ["--batch-size", "4", "--steps", "2"]
    let first = try sandbox.refrain(
      ["train", "new.wav", "--to", "a", "--preset", "lecture"] + smallFrames + small)
    #expect(first.status == 0, "\(first.errors)")
    let start = ["train", "new.wav", "--start-from", "a", "--to"]
    expectUsageError(try sandbox.refrain(start + ["b", "--dropout", "0.1"]), "--dropout")
    for (name, preset) in [("c", []), ("d", ["--preset", "lecture"])] {
      let outcome = try sandbox.refrain(start + [name] + small + preset)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("batch norm"), "\(outcome.output)")
      let configuration = try sandbox.text("\(name)/config.json")
      #expect(!configuration.contains("preset"))
      let length = preset.isEmpty ? 64 : 40
      #expect(configuration.contains("\"sequence-length\": \(length)"), "\(configuration)")
    }
    // A preset does not replace the network of the model to start from.
    let other = try sandbox.refrain(
      ["train", "new.wav", "--to", "e", "--preset", "lecture", "--start-from", run] + small)
    #expect(other.status == 0 && other.output.contains("LSTM 8"), "\(other.errors)")
  }
}
