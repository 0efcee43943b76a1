import Foundation
import Testing

/// The command itself, without peers.
struct SideBySideTests {
  private var program: URL {
    // Beside the tests' bundle or executable.
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    while folder.path != "/" {
      let program = folder.appendingPathComponent("SideBySide")
      if FileManager.default.isExecutableFile(atPath: program.path) { return program }
      folder.deleteLastPathComponent()
    }
    return folder
  }

  private func run(_ arguments: [String], input: String = "") throws -> (Int32, String) {
    let process = Process()
    let (requests, answers) = (Pipe(), Pipe())
    process.executableURL = program
    process.arguments = arguments
    process.standardInput = requests
    process.standardOutput = answers
    process.standardError = answers
    try process.run()
    try requests.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try requests.fileHandleForWriting.close()
    let text = answers.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  @Test(
    "Refrain answers as the peers do", arguments: ["generate-rnn-V5-H7x1", "train-music-T2-B3"])
  func measure(name: String) throws {
    let (status, text) = try run(["measure", name, "1"], input: "0.01\n0.01\n")
    let lines = text.split(separator: "\n")
    #expect(status == 0)
    #expect(lines.first == #"{"ready": true}"#)
    #expect(lines.count == 3)
    for line in lines.dropFirst() {
      let values = try JSONDecoder().decode([String: Double].self, from: Data(line.utf8))
      #expect(Set(values.keys) == ["tokens_per_second", "peak_bytes"])
      #expect(values.values.allSatisfy { $0 > 0 })
    }
  }

  @Test("A comparison without peers writes a table and says how long it takes")
  func compare() throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)/table.md"
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (status, text) = try run([
      "--rows", "^generate-rnn", "--peers", "none", "--quick", "--seconds", "0.01", "--to", path,
    ])
    #expect(status == 0, "\(text)")
    #expect(text.contains("This takes about ") && text.contains("0 s left"))
    let table = try String(contentsOfFile: path, encoding: .utf8)
    #expect(table.contains("a quick look") && table.contains("No peers were asked for."))
    #expect(table.contains("| `generate-rnn-V65-H128x2` | 1 |"))
    #expect(!table.contains("So far"))
  }

  @Test(
    "What cannot be is refused",
    arguments: [
      (["--rounds", "0"], "--rounds must be between 1 and 1000, not 0."),
      (["--seconds", "0"], "--seconds must be between 0.01 and 600"),
      (["--rows", "cnn"], "No row's name has “cnn” in it"),
      (["--rows", "("], "no regular expression"),
      (["--peers", "jax"], "There is no peer “jax”"),
    ])
  func refusals(arguments: [String], sentence: String) throws {
    let (status, text) = try run(arguments)
    #expect(status == 64)
    #expect(text.contains(sentence), "\(text)")
  }
}
