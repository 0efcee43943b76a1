import Foundation
import Testing

@Suite("A run on music that goes on is the run that never stopped")
struct MusicResumeTests {
  private static let models = ["run/last.safetensors", "run/best.safetensors"]

  private func training(steps: Int, _ options: [String]) -> [String] {
    ["train", "songs", "--to", "run", "--steps", "\(steps)"] + options
  }

  private static let recipes = [
    smallMusic + ["--schedule", "constant"],
    smallFrames + ["--preset", "lecture", "--batch-size", "4", "--evaluate-every", "2"],
  ]

  @Test("Stopped by a limit and given more steps, or by a signal", arguments: recipes)
  func sameBytes(_ options: [String]) throws {
    let sandbox = try Sandbox.withMusic()
    let straight = try sandbox.refrain(training(steps: 12, options + ["--threads", "1"]))
    #expect(straight.status == 0, "\(straight.errors)")
    let expected = try Self.models.map(sandbox.bytes)

    try FileManager.default.removeItem(atPath: sandbox.path("run"))
    #expect(try sandbox.refrain(training(steps: 4, options)).status == 0)
    let more = try sandbox.refrain(["resume", "run", "--steps", "12"])
    #expect(more.status == 0, "\(more.errors)")
    #expect(more.output.contains("continues after step 4"))
    #expect(try Self.models.map(sandbox.bytes) == expected)

    try FileManager.default.removeItem(atPath: sandbox.path("run"))
    let job = try sandbox.start(training(steps: 12, options))
    try job.wait(for: "step 1 ")
    job.send(SIGINT)
    if try job.wait().status == 130 {
      #expect(try sandbox.refrain(["resume", "run"]).status == 0)
    }
    #expect(try Self.models.map(sandbox.bytes) == expected)
  }

  @Test("A changed configuration has to be allowed, a changed network never is")
  func changes() throws {
    let sandbox = try Sandbox.withMusic()
    #expect(try sandbox.refrain(training(steps: 4, smallMusic)).status == 0)
    let more = ["resume", "run", "--steps", "6"]
    expectUsageError(
      try sandbox.refrain(more + ["--learning-rate", "0.01"]), "--allow-config-change")
    for option in [["--hidden", "9"], ["--window", "512"], ["--noise", "0.5"]] {
      let never = try sandbox.refrain(more + ["--allow-config-change"] + option)
      expectUsageError(never, option[0])
      // A new training with other dropout or noise can begin with the old one's weights.
      #expect(never.errors.contains("--start-from run") == (option[0] == "--noise"))
    }
    let allowed = try sandbox.refrain(
      more + ["--allow-config-change", "--optimizer", "sgd", "--learning-rate", "0.01"])
    #expect(allowed.status == 0, "\(allowed.errors)")
    #expect(try sandbox.text("run/config.json").contains("\"sgd\""))
    let over = try sandbox.refrain(["resume", "run"])
    #expect(over.output.contains("is finished at step 6"), "\(over.output)")
  }

  @Test("At the end stands the error of the best model, also where it is from before")
  func best() throws {
    let sandbox = try Sandbox.withMusic()
    func sentence(_ outcome: Outcome) throws -> String {
      let lines = outcome.output.split(separator: "\n").map { String($0) }
      return try #require(
        lines.first { $0.contains("best.safetensors") }, "\(outcome.output) \(outcome.errors)")
    }
    let quick = smallMusic + ["--learning-rate", "0.02"]
    let first = try sentence(sandbox.refrain(training(steps: 50, quick)))
    // Steps that are far too large: nothing better comes, and no sound is made of it.
    let worse = try sandbox.refrain([
      "resume", "run", "--steps", "60", "--allow-config-change", "--schedule", "constant",
      "--learning-rate", "0.3", "--sample-every", "1000",
    ])
    #expect(worse.output.contains("at step 50 of 60"), "\(worse.output) \(worse.errors)")
    #expect(try sentence(worse) == first)
    #expect(first.contains("The model of that step") && first.contains("predicts the next frame"))
    let told = try sandbox.refrain(training(steps: 50, quick + ["--json", "--to", "again"]))
    let rollOut = try #require(
      try told.jsonLines().last { $0["event"] as? String == "rollout" }, "\(told.errors)")
    let error = String(format: "%.3g", try #require(rollOut["error"] as? Double))
    #expect(first.contains("an error of \(error); copying"), "\(first)")
  }

  @Test("Music that has moved is found where --moved says; what has changed is refused")
  func moved() throws {
    let sandbox = try Sandbox.withMusic()
    #expect(try sandbox.refrain(training(steps: 4, smallMusic)).status == 0)
    try FileManager.default.moveItem(
      atPath: sandbox.path("songs"), toPath: sandbox.path("new"))
    let lost = try sandbox.refrain(["resume", "run", "--steps", "6"])
    #expect(lost.status == 1 && lost.errors.contains("--moved"), "\(lost.errors)")
    expectOneSentence(lost)
    let more = ["resume", "run", "--moved", "songs=new", "--steps"]
    let found = try sandbox.refrain(more + ["6"])
    #expect(found.status == 0, "\(found.errors)")
    try sandbox.write(melody(seconds: 7, from: 1), to: "new/a.wav")
    let changed = try sandbox.refrain(more + ["8"])
    #expect(changed.status == 1 && changed.errors.contains("a.wav has changed"))
    expectOneSentence(changed)
  }
}
