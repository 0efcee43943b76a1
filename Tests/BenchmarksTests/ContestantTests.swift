import Comparison
import Foundation
import Testing

/// Contestants that are shell scripts.
struct ContestantTests {
  private func contestant(_ script: String, patience: Double = 60) throws -> Contestant {
    try Contestant(
      name: "Shell", command: ["/bin/sh", "-c", script], environment: ["WORD": "7"],
      patience: patience)
  }

  @Test("A turn is what the process answers; its environment is as asked for")
  func turns() throws {
    let shell = try contestant(
      """
      echo '{"ready": true}'
      while read seconds; do
        echo "{\\"tokens_per_second\\": $seconds$WORD, \\"peak_bytes\\": 12}"
      done
      """)
    #expect(try shell.turn(seconds: 1.5) == Turn(tokensPerSecond: 1.57, peakBytes: 12))
    #expect(try shell.turn(seconds: 0.25) == Turn(tokensPerSecond: 0.257, peakBytes: 12))
    shell.end()
  }

  @Test("A process that would go on working after its turn is stopped")
  func stopped() throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let shell = try contestant(
      """
      echo '{"ready": true}'; read seconds; echo '{"tokens_per_second": 1, "peak_bytes": 1}'
      count=0
      while [ $count -lt 3000000 ]; do count=$((count + 1)); echo $count; done > \(path)
      """)
    defer { shell.end() }
    _ = try shell.turn(seconds: 1)
    // The signal may take a moment.
    usleep(200_000)
    let written = try? Data(contentsOf: URL(fileURLWithPath: path)).count
    usleep(300_000)
    #expect(written == (try? Data(contentsOf: URL(fileURLWithPath: path)).count))
  }

  @Test(
    "Who cannot go on says why",
    arguments: [
      ("echo no library >&2; exit 1", "it has ended", "no library"),
      ("echo hello; exec sleep 60", "it answered “hello”", nil),
      (#"echo '{"ready": false}'; exec sleep 60"#, "it is not ready", nil),
      ("exec sleep 60", "it has not answered for 1 seconds", nil),
    ] as [(String, String, String?)])
  func faults(script: String, fault: String, words: String?) {
    #expect(throws: ContestantError.failed("Shell", fault, lastWords: words)) {
      _ = try contestant(script, patience: fault.contains("answered for") ? 1 : 60)
    }
  }

  @Test func endsDuringItsTurn() throws {
    let shell = try contestant(#"echo '{"ready": true}'; read seconds; echo too large >&2"#)
    #expect(throws: ContestantError.failed("Shell", "it has ended", lastWords: "too large")) {
      _ = try shell.turn(seconds: 1)
    }
  }

  @Test func noSuchProgram() {
    #expect(throws: ContestantError.cannotStart("X", "/nowhere/x")) {
      _ = try Contestant(name: "X", command: ["/nowhere/x"], environment: [:])
    }
  }

  @Test(
    "A peer's script says its version or what is missing",
    arguments: [
      (#"{"version": "2.15.0"}"#, PeerInstallation.present(python: "p", version: "2.15.0")),
      (#"{"missing": "No module named torch"}"#, .missing("No module named torch")),
      ("Traceback", .missing("p does not run its script")),
      ("", .missing("p does not run its script")),
    ])
  func installation(answer: String, expected: PeerInstallation) {
    #expect(PeerInstallation(answer: Data(answer.utf8), python: "p") == expected)
  }

  @Test func aPythonThatIsNotThere() {
    guard case .missing(let reason) = PeerInstallation.find(.mlx, python: "/nowhere/python") else {
      Issue.record("a Python that is not there has no MLX")
      return
    }
    #expect(reason.contains("/nowhere/python") && reason.contains("make bench-peers"))
  }
}
