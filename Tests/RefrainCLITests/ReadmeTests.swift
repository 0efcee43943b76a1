import Foundation
import Testing

/// The commands that the README shows work, one after the other, on a small text.
struct ReadmeTests {
  @Test func everyCommandRuns() throws {
    let sandbox = try Sandbox()
    let line = "In the evening the sea comes back, and what it brings it takes again.\n"
    try sandbox.write(String(repeating: line, count: 60), to: "poems.txt")
    try sandbox.write(String(repeating: "The sea, the sea! " + line, count: 40), to: "other.txt")
    let commands = try Self.commands()
    #expect(commands.count >= 8)
    for command in commands {
      var arguments = command
      // The same training, but short.
      if arguments.first == "train" { Self.shorten(&arguments) }
      let outcome = try sandbox.refrain(arguments)
      #expect(
        outcome.status == 0, "refrain \(arguments.joined(separator: " ")): \(outcome.errors)")
    }
  }

  /// The lines of the README's shell blocks that run `refrain`, as arguments.
  private static func commands() throws -> [[String]] {
    let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "README.md")
    return try String(contentsOf: readme, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("refrain ") }
      .map { line in
        // Words, of which those in quotation marks are one.
        line.dropFirst("refrain ".count).split(separator: "\"", omittingEmptySubsequences: false)
          .enumerated().flatMap { index, part in
            index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
          }
      }
  }

  private static func shorten(_ arguments: inout [String]) {
    if let minutes = arguments.firstIndex(of: "--minutes") {
      arguments.removeSubrange(minutes...minutes + 1)
    }
    if let steps = arguments.firstIndex(of: "--steps") {
      arguments.removeSubrange(steps...steps + 1)
    }
    arguments += ["--steps", "20"]
  }
}
