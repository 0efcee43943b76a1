import Foundation
import Testing

@Suite("refrain train --preset")
struct PresetTests {
  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    return sandbox
  }

  private func configuration(_ sandbox: Sandbox, _ run: String) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: sandbox.bytes(run + "/config.json"))
    return try #require(object as? [String: Any])
  }

  @Test(
    "A preset fills in the whole recipe; single options win", arguments: ["quick", "good", "best"])
  func options(preset: String) throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.refrain([
      "train", "in.txt", "--to", "run", "--preset", preset, "--hidden", "20", "--minutes", "0.001",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let found = try configuration(sandbox, "run")
    #expect(found["hidden"] as? Int == 20)
    #expect(found["minutes"] as? Double == 0.001)
    #expect(found["schedule"] as? String == "cosine")
    #expect(found["batch-size"] as? Int == 32)
    #expect(found["epochs"] == nil && found["steps"] == nil && found["preset"] == nil)
  }

  @Test("Its minutes are the only limit, unless another is given")
  func limits() throws {
    let sandbox = try sandbox()
    let job = try sandbox.start(["train", "in.txt", "--to", "a", "--preset", "quick"])
    try job.wait(for: "step 1 ")
    job.send(SIGTERM)
    _ = try job.wait()
    #expect(try configuration(sandbox, "a")["minutes"] as? Double == 0.5)
    #expect(
      try sandbox.refrain(["train", "in.txt", "--to", "b", "--preset", "quick", "--steps", "3"])
        .status == 0)
    let found = try configuration(sandbox, "b")
    #expect(found["steps"] as? Int == 3 && found["minutes"] == nil)
  }

  @Test("A run by a preset goes on as if it had not stopped")
  func resumed() throws {
    let sandbox = try sandbox()
    let start = ["train", "in.txt", "--preset", "good", "--hidden", "12", "--evaluate-every", "5"]
    #expect(try sandbox.refrain(start + ["--to", "a", "--steps", "24"]).status == 0)
    let job = try sandbox.start(start + ["--to", "b", "--steps", "24"])
    try job.wait(for: "step 1 ")
    job.send(SIGKILL)
    if try job.wait().status != 0 {
      #expect(try sandbox.refrain(["resume", "b"]).status == 0)
    }
    #expect(try sandbox.bytes("a/last.safetensors") == sandbox.bytes("b/last.safetensors"))
  }

  @Test("A preset wins over --config, which says the rest")
  func configurationFile() throws {
    let sandbox = try sandbox()
    try sandbox.write(
      #"{"inputs": ["in.txt"], "seed": 9, "learning-rate": 0.5, "epochs": 4}"#, to: "c.json")
    let outcome = try sandbox.refrain([
      "train", "--config", "c.json", "--to", "run", "--preset", "quick", "--minutes", "0.001",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let found = try configuration(sandbox, "run")
    #expect(found["seed"] as? Int == 9)
    #expect(found["epochs"] == nil)
    #expect(found["learning-rate"] as? Double != 0.5)
  }

  @Test("With a model to start from its layers stay, and an optimizer takes its own settings")
  func startedFrom() throws {
    let sandbox = try sandbox()
    #expect(
      try sandbox.refrain(["train", "in.txt", "--to", "a", "--steps", "2"] + small).status == 0)
    let outcome = try sandbox.refrain([
      "train", "in.txt", "--to", "b", "--start-from", "a", "--preset", "best", "--steps", "2",
      "--optimizer", "sgd",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let found = try configuration(sandbox, "b")
    #expect(found["hidden"] as? Int == 12 && found["dropout"] as? Double == 0)
    #expect(found["optimizer"] as? String == "sgd" && found["momentum"] as? Double == 0.9)
    #expect(found["batch-size"] as? Int == 32)
  }

  @Test("An unknown preset is a sentence with those that there are")
  func unknown() throws {
    let sandbox = try sandbox()
    let outcome = try sandbox.refrain(["train", "in.txt", "--to", "run", "--preset", "fast"])
    #expect(outcome.status == 64)
    for text in ["--preset", "fast", "quick", "good", "best"] {
      #expect(outcome.errors.contains(text), "\(outcome.errors)")
    }
    #expect(!sandbox.exists("run"))
  }
}
