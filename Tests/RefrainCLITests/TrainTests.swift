import Foundation
import Testing

@Suite("refrain train")
struct TrainTests {
  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    return sandbox
  }

  @Test("A run folder holds its configuration, models, metrics and samples")
  func runFolder() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.refrain(
      ["train", "in.txt", "--to", "a/b/run", "--steps", "60", "--keep", "2"] + small)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    for text in ["characters", "for validation", "parameters", "best", "refrain generate a/b/run"] {
      #expect(outcome.output.contains(text), "\(text)")
    }
    #expect(!outcome.output.contains("\u{1B}"), "colours are for terminals")
    let names = try FileManager.default.contentsOfDirectory(atPath: sandbox.path("a/b/run"))
    #expect(
      Set(names) == [
        "config.json", "last.safetensors", "best.safetensors", "metrics.csv", "samples",
        "step-00000040.safetensors", "step-00000060.safetensors",
      ])
  }

  @Test(
    "A run folder may have any name and lie anywhere",
    arguments: [
      "r", "./r/", "a//b/", "-r", "a b/ü", "--help",
    ])
  func runNames(name: String) throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.refrain(
      ["train", "in.txt", "--to", name, "--steps", "2"] + small)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(sandbox.exists(name + "/last.safetensors"))
  }

  @Test("A run among the inputs is no text")
  func runAmongInputs() throws {
    let sandbox = try Sandbox()
    try FileManager.default.createDirectory(
      atPath: sandbox.path("texts"), withIntermediateDirectories: true)
    try sandbox.write(poem, to: "texts/in.txt")
    let first = try sandbox.refrain(
      ["train", "texts", "--to", "texts/run", "--steps", "2"] + small)
    #expect(first.status == 0)
    let second = try sandbox.refrain(["train", "texts", "--to", "run", "--steps", "2"] + small)
    #expect(second.output.contains("Skipped texts/run"))
    #expect(second.output.contains("1 document of"))
  }

  @Test("--json prints lines of JSON with the promised fields")
  func json() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.refrain(
      ["train", "in.txt", "--to", "run", "--steps", "60", "--json"] + small)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let lines = try outcome.jsonLines()
    let events = lines.compactMap { $0["event"] as? String }
    #expect(events.prefix(2) == ["corpus", "model"])
    #expect(events.last == "end")
    #expect(
      Set(events) == ["corpus", "model", "step", "evaluation", "checkpoint", "sample", "end"])
    let fields = [
      "step", "epoch", "loss", "validation_loss", "tokens_per_second", "learning_rate", "seconds",
    ]
    for line in lines.dropFirst(2) {
      for field in fields { #expect(line[field] != nil, "\(field) in \(line)") }
    }
    #expect(lines.last?["step"] as? Int == 60)
    #expect(lines.last?["validation_loss"] is Double)
    #expect(lines.last?["reason"] as? String == "finished")
  }

  @Test("A run's config.json repeats it; the command line wins; unknown keys are named")
  func configuration() throws {
    let sandbox = try sandbox()
    let options = ["--steps", "40", "--optimizer", "adamw", "--weight-decay", "0.05"]
    #expect(try sandbox.refrain(["train", "in.txt", "--to", "a"] + small + options).status == 0)
    #expect(try sandbox.refrain(["train", "--config", "a/config.json", "--to", "b"]).status == 0)
    #expect(try sandbox.bytes("a/last.safetensors") == sandbox.bytes("b/last.safetensors"))
    #expect(try sandbox.bytes("a/config.json") == sandbox.bytes("b/config.json"))
    let other = ["train", "--config", "a/config.json", "--to", "c", "--seed", "7"]
    #expect(try sandbox.refrain(other).status == 0)
    #expect(try sandbox.bytes("a/last.safetensors") != sandbox.bytes("c/last.safetensors"))

    let longer = ["train", "--config", "a/config.json", "--to", "e", "--epochs", "3"]
    #expect(try sandbox.refrain(longer).status == 0)
    #expect(!(try sandbox.text("e/config.json").contains("steps\"")))

    try sandbox.write("{\"hiden\": 12, \"inputs\": [\"in.txt\"]}", to: "d.json")
    let unknown = try sandbox.refrain(["train", "--config", "d.json", "--to", "d"])
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("hiden") && unknown.errors.contains("did you mean hidden?"))
    for text in ["{", "[]", "{\"hidden\": \"x\"}", "{\"hidden\": true}", "{\"inputs\": 3}", ""] {
      try sandbox.write(text, to: "d.json")
      let outcome = try sandbox.refrain(["train", "in.txt", "--config", "d.json", "--to", "d"])
      #expect(outcome.status == 1, "\(text)")
      #expect(outcome.errors.contains("d.json"), "\(text): \(outcome.errors)")
      expectOneSentence(outcome)
    }
    #expect(!sandbox.exists("d"))
  }

  @Test("Standard input and .gz files are kept, so that the run goes on without them")
  func inputsReadOnce() throws {
    let sandbox = try sandbox()
    let options = ["--steps", "20"] + small
    let input = try sandbox.refrain(["train", "-", "--to", "a"] + options, input: poem)
    #expect(input.status == 0, "\(input.errors)")
    #expect(try sandbox.refrain(["resume", "a", "--steps", "30"]).status == 0)

    let zip = try Job("/usr/bin/env", ["gzip", "in.txt"], sandbox).wait()
    #expect(zip.status == 0)
    #expect(try sandbox.refrain(["train", "in.txt.gz", "--to", "b"] + options).status == 0)
    try FileManager.default.removeItem(atPath: sandbox.path("in.txt.gz"))
    #expect(try sandbox.refrain(["resume", "b", "--steps", "30"]).status == 0)
  }

  @Test("A full disk is one sentence, and what was saved stays")
  func fullDisk() throws {
    let sandbox = try sandbox()
    let large = ["--hidden", "200", "--layers", "1", "--batch-size", "4"]
    let new = try sandbox.refrain(
      after: "ulimit -f 64", ["train", "in.txt", "--to", "a", "--steps", "3"] + large)
    #expect(new.status == 1)
    expectOneSentence(new)
    #expect(!sandbox.exists("a"))

    let first = try sandbox.refrain(["train", "in.txt", "--to", "b", "--steps", "3"] + large)
    #expect(first.status == 0)
    let before = try sandbox.bytes("b/last.safetensors")
    let more = ["resume", "b", "--steps", "6"]
    let full = try sandbox.refrain(after: "ulimit -f 64", more)
    #expect(full.status == 1)
    expectOneSentence(full)
    #expect(try sandbox.bytes("b/last.safetensors") == before)
    #expect(try sandbox.refrain(more).status == 0)
  }

  #if os(Linux)
    @Test("Standard output that takes nothing ends a training before it begins")
    func fullOutput() throws {
      let sandbox = try sandbox()
      let outcome = try sandbox.refrain(
        after: "exec > /dev/full", ["train", "in.txt", "--to", "run"] + small)
      #expect(outcome.status == 1)
      expectOneSentence(outcome)
      #expect(!sandbox.exists("run"))
    }
  #endif

  @Test(
    "Every kind of token, cell, optimizer and schedule trains",
    arguments: [
      ["--tokens", "word", "--vocabulary-size", "20", "--minimum-count", "2"],
      ["--tokens", "byte"], ["--cell", "rnn"], ["--cell", "gru", "--dropout", "0.2"],
      ["--embedding", "6"], ["--optimizer", "adamw", "--weight-decay", "0.1"],
      ["--optimizer", "rmsprop"], ["--optimizer", "sgd", "--momentum", "0.8"],
      ["--schedule", "cosine", "--warmup", "5"], ["--schedule", "step"],
      ["--schedule", "plateau"], ["--validation", "0"], ["--validation", "in.txt"],
      ["--clip", "0"], ["--sample-every", "3"], ["--patience", "1"],
    ])
  func kinds(_ options: [String]) throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.refrain(
      ["train", "in.txt", "--to", "run", "--steps", "25"] + small + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try sandbox.refrain(["resume", "run", "--steps", "30"]).status == 0)
  }

  @Test("--start-from takes weights and layers, unless others are named")
  func startFrom() throws {
    let sandbox = try sandbox()
    #expect(
      try sandbox.refrain(["train", "in.txt", "--to", "a", "--steps", "20"] + small).status == 0)
    try sandbox.write(poem.uppercased() + poem, to: "in2.txt")
    let start = ["train", "in2.txt", "--start-from", "a", "--steps", "5", "--to"]
    let same = try sandbox.refrain(start + ["b", "--dropout", "0.2"])
    #expect(same.status == 0, "\(same.errors)")
    #expect(same.output.contains("LSTM 12"))
    let words = try sandbox.refrain(start + ["c", "--tokens", "word"])
    #expect(words.status == 1)
    #expect(words.errors.contains("--tokens"), "\(words.errors)")
    let layers = try sandbox.refrain(start + ["d", "--hidden", "13"])
    #expect(layers.status == 1)
    #expect(layers.errors.contains("--hidden"), "\(layers.errors)")
    #expect(!sandbox.exists("c") && !sandbox.exists("d"))
  }

  @Test("Completions for shells, help, version, a wrong command")
  func commandLine() throws {
    let sandbox = try Sandbox()
    for shell in ["bash", "zsh", "fish"] {
      let outcome = try sandbox.refrain(["--generate-completion-script", shell])
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("learning-rate"))
    }
    for command in ["train", "resume"] {
      let help = try sandbox.refrain([command, "--help"])
      #expect(help.status == 0)
      #expect(help.output.contains("--batch-size"))
    }
    #expect(try sandbox.refrain(["--version"]).output == "0.1.0\n")
    #expect(try sandbox.refrain(["sing"]).status == 64)
  }
}
