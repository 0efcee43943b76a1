import Foundation
import TestSupport
import Testing

#if os(Linux)
  /// Each call of the system that concerns a run's files goes wrong, in every way.
  @Suite("Faults of the system in a training")
  struct FaultTests {
    /// The last of seven steps is evaluated though no evaluation is due.
    private static let options = [
      "--hidden", "4", "--layers", "1", "--batch-size", "4", "--sequence-length", "10",
      "--evaluate-every", "3", "--save-every", "1", "--sample-every", "3", "--keep", "1",
      "--threads", "1",
    ]

    /// In the folder `data`, of which no other file is, there is the run.
    private let sandbox: Sandbox
    private let library: FaultLibrary?

    init() throws {
      sandbox = try Sandbox()
      try sandbox.write(poem, to: "in.txt")
      try FileManager.default.createDirectory(
        atPath: sandbox.path("data"), withIntermediateDirectories: false)
      library = try FaultLibrary(in: sandbox.folder)
    }

    @Test("A training", arguments: FaultLibrary.kinds)
    func training(kind: String) throws {
      try everyCall(kind, atMost: 8, of: train(7), beforehand: {})
    }

    @Test("A training that goes on", arguments: FaultLibrary.kinds)
    func resuming(kind: String) throws {
      #expect(try sandbox.refrain(train(3)).status == 0)
      try sandbox.copy("data/run", to: "prepared")
      try sandbox.remove("data/run")
      try everyCall(kind, atMost: 6, of: resume) { try sandbox.copy("prepared", to: "data/run") }
    }

    private func train(_ steps: Int) -> [String] {
      ["train", "in.txt", "--to", sandbox.path("data/run"), "--steps", "\(steps)"] + Self.options
    }

    private var resume: [String] { ["resume", sandbox.path("data/run"), "--steps", "7"] }

    /// - Parameter most: calls that go wrong where time is short, drawn from all.
    private func everyCall(
      _ kind: String, atMost most: Int, of command: [String], beforehand prepare: () throws -> Void
    ) throws {
      guard let library else { return }
      let environment = { number in
        library.environment(folder: sandbox.path("data"), number: number, kind: kind)
      }
      try prepare()
      let straight = try sandbox.refrain(command, environment: environment(0))
      #expect(straight.status == 0, "\(straight.errors)")
      let expected = try RunContents(sandbox, "data/run")
      let calls = try #require(
        straight.errors.split(separator: " ").last.flatMap { Int($0.dropLast()) })
      #expect(calls > 80, "\(straight.errors)")
      var random = ReferenceRandom(seed: UInt64(kind.utf8.count))
      let numbers = (1...calls).shuffled(using: &random).prefix(TestLength.isLong ? calls : most)
      for number in numbers.sorted() {
        try sandbox.remove("data/run")
        try prepare()
        let outcome = try sandbox.refrain(command, environment: environment(number))
        try check(outcome, expected, "\(kind) at call \(number) of \(calls)", kind)
      }
    }

    private func check(
      _ outcome: Outcome, _ expected: RunContents, _ place: String, _ kind: String
    ) throws {
      let reached = "fault reached\n"
      #expect(outcome.errors.hasPrefix(reached), "\(place): \(outcome.errors)")
      let errors = String(outcome.errors.dropFirst(reached.count))
      let left = try RunContents(sandbox, "data/run")
      switch outcome.status {
      case 0:
        // An interrupted or shortened call is made again; some, as closing a folder, do not matter.
        #expect(errors.isEmpty, "\(place): \(errors)")
        #expect(left.differences(from: expected).isEmpty, "\(place)")
        return
      case 1:
        #expect(kind.hasPrefix("E"), "\(place): \(errors)")
        expectOneSentence(
          Outcome(status: 1, output: "", errors: errors, bytes: Data()), at: place)
        #expect(errors.contains("data/run"), "\(place): \(errors)")
        #expect(left.unfinished.isEmpty, "\(place): \(left.unfinished)")
      default: #expect(outcome.status == -SIGKILL && kind.hasPrefix("kill"), "\(place): \(errors)")
      }
      guard left.files["last.safetensors"] != nil else {
        // Before its first model a training leaves nothing, unless it is killed.
        #expect(!sandbox.exists("data/run") || kind.hasPrefix("kill"), "\(place)")
        try FileManager.default.createDirectory(
          atPath: sandbox.path("data/run"), withIntermediateDirectories: true)
        return
      }
      let resumed = try sandbox.refrain(resume)
      #expect(resumed.status == 0, "\(place): \(resumed.errors)")
      let differences = try RunContents(sandbox, "data/run").differences(from: expected)
      #expect(differences.isEmpty, "\(place): \(differences)")
    }
  }
#endif
