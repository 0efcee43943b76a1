import Foundation
import Testing

/// The commands that the README shows work, one after the other, on a small text and a little music.
struct ReadmeTests {
  @Test func everyCommandRuns() throws {
    let sandbox = try Sandbox()
    let line = "In the evening the sea comes back, and what it brings it takes again.\n"
    try sandbox.write(String(repeating: line, count: 60), to: "poems.txt")
    try sandbox.write(String(repeating: "The sea, the sea! " + line, count: 40), to: "other.txt")
    try FileManager.default.createDirectory(
      atPath: sandbox.path("recordings"), withIntermediateDirectories: true)
    try sandbox.write(melody(seconds: 15), to: "recordings/tones.wav")
    try sandbox.write(melody(seconds: 2, from: 1), to: "mine.wav")
    try sandbox.writeTables()
    try sandbox.writeNotes(collection: "chorales.json")
    let speeches = ["The sea comes back.", "Give me my horse!", "What do you bring?"]
    let rows = (0..<30).map { "\(["ANNA", "BERTA"][$0 % 2]),\(speeches[$0 % 3]) \($0)\n" }
    try sandbox.write("speaker,speech\n" + rows.joined(), to: "speakers.csv")
    try sandbox.write("speech\nGive it back.\n", to: "new.csv")
    let commands = try Self.commands()
    #expect(commands.count >= 8)
    for command in commands {
      var arguments = command
      // The same, but short.
      if ["train", "resume", "compare"].contains(arguments.first) { Self.shorten(&arguments) }
      if arguments.contains("music-run") { Self.shortenMusic(&arguments) }
      if arguments.contains("notes-run") { Self.shortenMusic(&arguments) }
      let outcome = try sandbox.refrain(arguments)
      #expect(
        outcome.status == 0, "refrain \(arguments.joined(separator: " ")): \(outcome.errors)")
    }
  }

  /// Every picture that the README shows stands in the repository, and is small.
  @Test func everyPictureIsThere() throws {
    let pictures = try Self.text().matches(of: /!\[[^\]]+\]\(([^)]+)\)/).map { String($0.1) }
    #expect(pictures.count >= 4)
    for picture in pictures {
      let size = try Self.root.appending(path: picture).resourceValues(forKeys: [.fileSizeKey])
      #expect((1...200_000).contains(size.fileSize ?? 0), "\(picture)")
    }
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func text() throws -> String {
    try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
  }

  /// The lines of the README's shell blocks that run `refrain`, as arguments.
  private static func commands() throws -> [[String]] {
    try text().split(separator: "\n")
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
    remove("--minutes", from: &arguments)
    remove("--steps", from: &arguments)
    arguments += ["--steps", "20"]
  }

  private static func shortenMusic(_ arguments: inout [String]) {
    if arguments.first == "train" { arguments += ["--hidden", "16"] }
    if arguments.first == "generate" {
      remove("--seconds", from: &arguments)
      arguments += ["--seconds", "1"]
    }
  }

  /// Removes an option and its value.
  private static func remove(_ option: String, from arguments: inout [String]) {
    guard let place = arguments.firstIndex(of: option) else { return }
    arguments.removeSubrange(place...place + 1)
  }
}
