import Foundation
import Testing

@Suite("A run that goes on is the run that never stopped")
struct ResumeTests {
  private static let models = ["run/last.safetensors", "run/best.safetensors"]

  /// The command of one training, in a sandbox with the text.
  private func training(steps: Int, more: [String] = []) -> [String] {
    ["train", "in.txt", "--to", "run", "--steps", "\(steps)", "--dropout", "0.1"] + small + more
  }

  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    return sandbox
  }

  /// The models of an uninterrupted training, in a folder where it is as if it were another's.
  private func straight(_ sandbox: Sandbox, steps: Int, more: [String] = []) throws -> [Data] {
    #expect(try sandbox.refrain(training(steps: steps, more: more)).status == 0)
    let models = try Self.models.map(sandbox.bytes)
    try FileManager.default.removeItem(atPath: sandbox.path("run"))
    return models
  }

  @Test("The same seed gives the same bytes, whatever the number of threads")
  func sameBytes() throws {
    let sandbox = try sandbox()
    let first = try straight(sandbox, steps: 60, more: ["--threads", "1"])
    for threads in ["1", "2", "3"] {
      #expect(try straight(sandbox, steps: 60, more: ["--threads", threads]) == first)
    }
    #expect(try straight(sandbox, steps: 60, more: ["--seed", "2"]) != first)
  }

  @Test("Stopped at an evaluation and given more steps", arguments: [20, 60, 100])
  func stoppedByLimit(at step: Int) throws {
    let sandbox = try sandbox()
    let expected = try straight(sandbox, steps: 120)
    #expect(try sandbox.refrain(training(steps: step)).status == 0)
    #expect(try sandbox.refrain(["resume", "run", "--steps", "120"]).status == 0)
    #expect(try Self.models.map(sandbox.bytes) == expected)
  }

  @Test("Killed again and again at any moment", arguments: ["0.1", "0"])
  func killed(validation: String) throws {
    let sandbox = try sandbox()
    let more = ["--validation", validation, "--save-every", "7", "--schedule", "cosine"]
    let expected = try straight(sandbox, steps: 1500, more: more)
    var random = SystemRandomNumberGenerator()
    var job = try sandbox.start(training(steps: 1500, more: more))
    try job.wait(for: "step 1 ")
    for _ in 0..<40 {
      usleep(UInt32.random(in: 0..<40_000, using: &random))
      job.send(SIGKILL)
      let outcome = try job.wait()
      if outcome.status != -SIGKILL { break }
      job = try sandbox.start(["resume", "run"])
    }
    #expect(try job.wait().status == 0 || (try sandbox.refrain(["resume", "run"]).status == 0))
    #expect(try Self.models.map(sandbox.bytes) == expected)
    let steps = try sandbox.text("run/metrics.csv").split(separator: "\n").dropFirst()
      .compactMap { $0.split(separator: ",").first.flatMap { Int($0) } }
    #expect(steps == steps.sorted(), "metrics.csv is cut back to where the model stands")
  }

  @Test("Ctrl-C saves and stops", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let sandbox = try sandbox()
    let expected = try straight(sandbox, steps: 4000)
    let job = try sandbox.start(training(steps: 4000, more: ["--json"]))
    try job.wait(for: "\"event\":\"step\"")
    job.send(signal)
    let outcome = try job.wait()
    #expect(outcome.status == 128 + signal)
    #expect(try outcome.jsonLines().last?["reason"] as? String == "interrupted")
    #expect(try sandbox.refrain(["resume", "run"]).status == 0)
    #expect(try Self.models.map(sandbox.bytes) == expected)
  }

  @Test("A run that is finished says so and how to give it more")
  func finished() throws {
    let sandbox = try sandbox()
    _ = try sandbox.refrain(training(steps: 20))
    let before = try sandbox.bytes("run/last.safetensors")
    let outcome = try sandbox.refrain(["resume", "run"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("is finished"))
    #expect(outcome.output.contains("refrain resume run --"))
    #expect(try sandbox.bytes("run/last.safetensors") == before)
  }

  @Test("A changed configuration has to be allowed, a changed network never is")
  func changes() throws {
    let sandbox = try sandbox()
    _ = try sandbox.refrain(training(steps: 20))
    let more = ["resume", "run", "--steps", "40"]
    let refused = try sandbox.refrain(more + ["--learning-rate", "0.001"])
    #expect(refused.status == 64)
    #expect(refused.errors.contains("0.002") && refused.errors.contains("0.001"))
    #expect(refused.errors.contains("--allow-config-change"))
    let never = try sandbox.refrain(more + ["--allow-config-change", "--hidden", "13"])
    #expect(never.status == 64)
    #expect(never.errors.contains("--hidden"))
    let same = try sandbox.refrain(["resume", "run", "--steps", "30", "--learning-rate", "0.002"])
    #expect(same.status == 0)
    let allowed = try sandbox.refrain(
      more + [
        "--allow-config-change", "--batch-size", "6", "--optimizer", "sgd", "--learning-rate",
        "0.5",
      ])
    #expect(allowed.status == 0, "\(allowed.errors)")
    #expect(try sandbox.text("run/config.json").contains("\"sgd\""))
    #expect(try sandbox.refrain(["resume", "run", "--steps", "50"]).status == 0)
  }

  @Test("A text that has moved is found where --moved says; one that has changed is refused")
  func movedText() throws {
    let sandbox = try sandbox()
    _ = try sandbox.refrain(training(steps: 20))
    try FileManager.default.createDirectory(
      atPath: sandbox.path("new"), withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: sandbox.path("in.txt"), toPath: sandbox.path("new/in.txt"))
    let more = ["resume", "run", "--steps", "40"]
    let lost = try sandbox.refrain(more)
    #expect(lost.status == 1)
    #expect(lost.errors.contains("--moved"), "\(lost.errors)")
    let found = try sandbox.refrain(more + ["--moved", "in.txt=new/in.txt"])
    #expect(found.status == 0, "\(found.errors)")
    try sandbox.write(poem + "!", to: "new/in.txt")
    let changed = try sandbox.refrain(
      ["resume", "run", "--steps", "60", "--moved", "in.txt=new/in.txt"])
    #expect(changed.status == 1)
    #expect(changed.errors.contains("has changed"), "\(changed.errors)")
    #expect(try sandbox.refrain(more + ["--moved", "nothing"]).status == 64)
  }
}
