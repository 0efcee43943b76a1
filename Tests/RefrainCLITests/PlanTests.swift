import Foundation
import Testing

@Suite("--plan")
struct PlanTests {
  private let training = ["--hidden", "8", "--schedule", "cosine", "--batch-size", "2"]

  private func train(
    _ sandbox: Sandbox, _ run: String, _ more: String...
  ) throws -> (status: Int32, output: String, errors: String) {
    let outcome = try sandbox.refrain(["train", "in.txt", "--to", run] + training + more)
    return (outcome.status, outcome.output, outcome.errors)
  }

  @Test("A training by minutes is repeated byte for byte, with its limits")
  func repeats() throws {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    let timed = try train(sandbox, "timed", "--minutes", "0.03")
    #expect(timed.status == 0 && timed.output.contains("The time is up."), "\(timed.errors)")
    let again = try train(sandbox, "again", "--plan", "timed", "--threads", "1")
    #expect(again.status == 0, "\(again.errors)")
    let model = try sandbox.bytes("timed/last.safetensors")
    #expect(try sandbox.bytes("again/last.safetensors") == model)
    #expect(try sandbox.text("again/config.json").contains("\"minutes\": 0.03"))
    let same = try train(sandbox, "same", "--plan", "timed/last.safetensors", "--minutes", "0.03")
    #expect(same.status == 0, "\(same.errors)")
    #expect(try sandbox.bytes("same/last.safetensors") == model)
  }

  @Test("Other limits, and a run that was not trained by minutes, are refused")
  func refusals() throws {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    #expect(try train(sandbox, "timed", "--minutes", "0.01").status == 0)
    for limit in [["--steps", "5"], ["--minutes", "2"], ["--epochs", "3"]] {
      let refused = try sandbox.refrain(
        ["train", "in.txt", "--to", "no", "--plan", "timed"] + limit + training)
      expectUsageError(refused, "--plan brings the limits of the run that it repeats")
    }
    #expect(try train(sandbox, "steps", "--steps", "3").status == 0)
    let unplanned = try train(sandbox, "no", "--plan", "steps")
    #expect(
      unplanned.status == 1
        && unplanned.errors.contains("was not trained by --minutes, so there is no plan to repeat"))
    #expect(!FileManager.default.fileExists(atPath: sandbox.path("no")))
  }
}
