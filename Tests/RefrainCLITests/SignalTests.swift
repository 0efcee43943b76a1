import Foundation
import Testing

@Suite("Signals end a command in good order and soon")
struct SignalTests {
  /// What is promised.
  private static let mostSeconds = 5.0

  /// Sends signals to a command at work and expects it to end with the status of the last.
  private func expectEnd(
    of job: Job, after signals: [Int32], within seconds: Double = mostSeconds
  ) throws -> Outcome {
    let begin = Date()
    for signal in signals {
      job.send(signal)
      usleep(20_000)
    }
    let outcome = try job.wait()
    let took = Date().timeIntervalSince(begin)
    #expect(outcome.status == 128 + signals[signals.count - 1], "\(outcome.errors)")
    #expect(outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(took < seconds, "it took \(took) s")
    return outcome
  }

  private static let endless = small + ["--steps", "100000000"]

  @Test("Training and going on save and say how to go on", arguments: [SIGINT, SIGTERM])
  func training(signal: Int32) throws {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    for command in [["train", "in.txt", "--to", "run"] + Self.endless, ["resume", "run"]] {
      let job = try sandbox.start(command)
      try job.wait(for: "  best")
      let outcome = try expectEnd(of: job, after: [signal])
      #expect(outcome.output.contains("is saved"))
      #expect(outcome.output.contains("refrain resume run"))
    }
    #expect(try sandbox.refrain(["resume", "run", "--steps", "1"]).status == 0)
  }

  @Test("An evaluation that takes long is given up, and made when the training goes on")
  func evaluation() throws {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    try sandbox.write(String(repeating: poem, count: 1000), to: "valid.txt")
    let job = try sandbox.start(
      ["train", "in.txt", "--to", "run", "--validation", "valid.txt", "--steps", "2"]
        + ["--hidden", "64", "--layers", "2", "--threads", "1", "--evaluate-every", "1", "--json"])
    // The first step takes a moment, and its report comes after its evaluation.
    try job.wait(for: "\"event\":\"checkpoint\"")
    usleep(500_000)
    let outcome = try expectEnd(of: job, after: [SIGINT])
    let events = try outcome.jsonLines().compactMap { $0["event"] as? String }
    #expect(events.contains("step") && !events.contains("evaluation"), "\(events)")
    let resumed = try sandbox.start(["resume", "run", "--json"])
    usleep(500_000)
    _ = try expectEnd(of: resumed, after: [SIGTERM])
    #expect(try sandbox.refrain(["info", "run", "--json"]).status == 0)
  }

  @Test("Text, samples and comparisons without end are ended", arguments: [SIGINT, SIGTERM])
  func endless(signal: Int32) throws {
    let text = try TrainedModels.sandbox()
    let writing = try text.start(["generate", "run", "--length", "0"])
    while try writing.output().isEmpty && writing.process.isRunning { usleep(2000) }
    let written = try expectEnd(of: writing, after: [signal])
    #expect(written.output.hasSuffix("\n"))

    let music = try TrainedMusic.sandbox()
    let sounding = try music.start(["generate", "run", "--output", "-", "--seconds", "0"])
    usleep(500_000)
    sounding.send(signal)
    let sounded = try sounding.wait()
    #expect(sounded.status == 128 + signal && !sounded.bytes.isEmpty)

    let comparing = try text.start(
      ["compare", "in.txt", "--minutes", "60", "--output", "of-\(signal).svg", "--hidden", "12"]
        + ["--evaluate-every", "5"])
    try comparing.wait(for: "step ")
    let compared = try expectEnd(of: comparing, after: [signal])
    #expect(compared.output.contains("stopped"))
  }

  @Test("Output that nobody reads does not keep a command from ending")
  func blockedOutput() throws {
    let sandbox = try TrainedModels.sandbox()
    let job = try sandbox.startUnread(["generate", "run", "--length", "0"])
    usleep(500_000)
    let begin = Date()
    job.send(SIGINT)
    job.process.waitUntilExit()
    #expect(job.process.terminationStatus == 130)
    #expect(Date().timeIntervalSince(begin) < Self.mostSeconds)
  }

  /// The steps of this training take many seconds each.
  @Test("A second Ctrl-C ends at once, and the last model is whole")
  func second() throws {
    let sandbox = try Sandbox()
    try sandbox.write(String(repeating: poem, count: 60), to: "in.txt")
    let job = try sandbox.start([
      "train", "in.txt", "--to", "run", "--hidden", "512", "--layers", "1", "--batch-size", "100",
      "--sequence-length", "900", "--threads", "1", "--json",
    ])
    try job.wait(for: "\"event\":\"checkpoint\"")
    usleep(100_000)
    _ = try expectEnd(of: job, after: [SIGINT, SIGINT], within: 3)
    #expect(try sandbox.refrain(["info", "run/last.safetensors", "--json"]).status == 0)
  }
}
