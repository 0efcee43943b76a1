import Foundation
import TestSupport
import Testing

/// Stopped by signals at moments drawn by chance and gone on with by processes of other numbers of threads.
@Suite("A training that is stopped again and again is the one that never was")
struct StoppedTrainingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let options: [String]
  }

  private static let batch = ["--layers", "1", "--hidden", "12", "--batch-size", "4"]

  static let cases = [
    Case(
      testDescription: "words of two files, dropout, AdamW, a validation text of its own",
      options: [
        "in.txt", "more.txt", "--tokens", "word", "--validation", "valid.txt", "--dropout", "0.2",
        "--optimizer", "adamw", "--weight-decay", "0.1", "--schedule", "cosine", "--steps", "250",
        "--sequence-length", "8", "--evaluate-every", "9", "--sample-every", "31",
      ] + batch),
    Case(
      testDescription: "characters, SGD with momentum, a plateau",
      options: [
        "in.txt", "--optimizer", "sgd", "--momentum", "0.9", "--learning-rate", "0.1",
        "--schedule", "plateau", "--steps", "250", "--sequence-length", "8", "--evaluate-every",
        "9",
      ] + batch),
    Case(
      testDescription: "bytes, RMSProp, steps of the rate",
      options: [
        "in.txt", "--tokens", "byte", "--optimizer", "rmsprop", "--schedule", "step", "--steps",
        "250", "--sequence-length", "8", "--evaluate-every", "9", "--keep", "2",
      ] + batch),
    Case(
      testDescription: "music",
      options: ["songs", "--steps", "24", "--schedule", "cosine", "--sample-every", "12"]
        + smallMusic),
    Case(
      testDescription: "a table with an encoder and decoder",
      options: [
        "words.tsv", "--target-column", "sounds", "--input-column", "word", "--scheme",
        "many-to-many-delayed", "--steps", "80", "--evaluate-every", "9", "--dropout", "0.1",
      ] + smallTable),
    Case(testDescription: "notes", options: ["pieces", "--steps", "50"] + smallNotes),
  ]

  @Test(arguments: cases)
  func anyMoment(_ test: Case) throws {
    let sandbox = try Sandbox.withMusic()
    try sandbox.writeTables()
    try sandbox.writeNotes(collection: "pieces.json")
    try sandbox.write(poem, to: "in.txt")
    try sandbox.write(poem + "And more of it came with the wind.\n", to: "more.txt")
    try sandbox.write(String(poem.prefix(400)), to: "valid.txt")
    let command = ["train"] + test.options + ["--to", "run", "--threads"]
    let begin = Date()
    let straight = try sandbox.refrain(command + ["1"])
    #expect(straight.status == 0, "\(straight.errors)")
    let seconds = Date().timeIntervalSince(begin)
    // The configuration tells the number of threads.
    let contents = { try RunContents(sandbox, "run", without: ["config.json"]) }
    let expected = try contents()
    var random = ReferenceRandom(seed: 3)
    var stops = 0
    for _ in 0..<TestLength.count(short: 1, long: 20) {
      try sandbox.remove("run")
      var job = try sandbox.start(command + ["2"])
      try job.wait(for: "step 1 ")
      for threads in 1... {
        usleep(UInt32(seconds * .random(in: 0..<4e5, using: &random)))
        let signal = threads % 2 == 0 ? SIGINT : SIGTERM
        job.send(signal)
        let outcome = try job.wait()
        if outcome.status == 0 { break }
        // Before the model is loaded again, a signal ends the process like any other.
        try #require(
          [128 + signal, -signal].contains(outcome.status), "\(outcome.status) \(outcome.errors)")
        stops += 1
        job = try sandbox.start(["resume", "run", "--threads", "\(threads % 4 + 1)"])
        if threads > 6 { break }
      }
      let ended = try job.wait()
      #expect(ended.status == 0, "\(ended.errors)")
      let differences = try contents().differences(from: expected)
      #expect(differences.isEmpty, "\(differences)")
    }
    #expect(stops > 0)
  }
}
