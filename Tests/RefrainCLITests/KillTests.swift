import Foundation
import TestSupport
import Testing

@Suite("A training that is killed at any moment")
struct KillTests {
  private static let training =
    [
      "train", "in.txt", "--to", "run", "--steps", "30", "--dropout", "0.1", "--save-every", "1",
      "--keep", "2", "--threads", "2",
    ] + small + ["--evaluate-every", "7"]

  /// Saves at every step, so that most moments are in the middle of a save.
  @Test("Its newest model loads, it goes on to the same end, and nothing is left over")
  func anyMoment() throws {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    let begin = Date()
    #expect(try sandbox.refrain(Self.training).status == 0)
    let seconds = Date().timeIntervalSince(begin)
    let expected = try RunContents(sandbox, "run")
    #expect(expected.files.keys.contains("best.safetensors"))
    var random = ReferenceRandom(seed: 9)
    var killed = 0
    for round in 1...TestLength.count(short: 12, long: 200) {
      try sandbox.remove("run")
      let job = try sandbox.start(Self.training)
      usleep(UInt32(seconds * .random(in: 0..<1e6, using: &random)))
      job.send(SIGKILL)
      let outcome = try job.wait()
      guard outcome.status == -SIGKILL else { continue }
      killed += 1
      if !sandbox.exists("run/last.safetensors") {
        try expectNoModel(sandbox)
        continue
      }
      for model in ["last", "best"] where sandbox.exists("run/\(model).safetensors") {
        let facts = try sandbox.refrain(["info", "run/\(model).safetensors", "--json"])
        #expect(facts.status == 0, "round \(round): \(facts.errors)")
      }
      let resumed = try sandbox.refrain(["resume", "run"])
      #expect(resumed.status == 0, "round \(round): \(resumed.errors)")
      let differences = try RunContents(sandbox, "run").differences(from: expected)
      #expect(differences.isEmpty, "round \(round): \(differences)")
    }
    #expect(killed > 0)
  }

  /// Before the first model there is nothing to lose: what to do is said.
  private func expectNoModel(_ sandbox: Sandbox) throws {
    if !sandbox.exists("run") {
      try FileManager.default.createDirectory(
        atPath: sandbox.path("run"), withIntermediateDirectories: false)
      return
    }
    let resumed = try sandbox.refrain(["resume", "run"])
    #expect(resumed.status == 1 && resumed.errors.contains("holds no model"), "\(resumed.errors)")
    expectOneSentence(resumed)
    let again = try sandbox.refrain(Self.training)
    #expect(again.status == 1 && again.errors.contains("choose another folder"), "\(again.errors)")
    #expect(!again.errors.contains("refrain resume"), "\(again.errors)")
    expectOneSentence(again)
  }
}
