import Foundation
import TestSupport
import Testing

/// An example as a program, run as a user would run it.
struct ExampleProgram {
  let name: String

  /// What a program wrote.
  struct Outcome {
    let status: Int32
    let bytes: Data
    let errors: String

    var output: String { String(decoding: bytes, as: UTF8.self) }

    /// The lines of the output that begin with `start`, without it.
    func lines(after start: String) -> [String] {
      output.split(separator: "\n").filter { $0.hasPrefix(start) }
        .map { String($0.dropFirst(start.count)) }
    }
  }

  /// Runs the program in `folder` and requires that it succeeds.
  func run(_ arguments: String..., in folder: String) throws -> Outcome {
    let process = Process()
    process.executableURL = builtProgramsFolder.appending(path: name)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    // Files, which never fill up as pipes do.
    let files = [UUID(), UUID()].map { folder + "/\($0)" }
    for file in files { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: files[0])
    process.standardError = FileHandle(forWritingAtPath: files[1])
    try process.run()
    process.waitUntilExit()
    let outcome = Outcome(
      status: process.terminationStatus, bytes: try Data(contentsOf: URL(filePath: files[0])),
      errors: try String(contentsOfFile: files[1], encoding: .utf8))
    try #require(outcome.status == 0, "\(name) \(arguments): \(outcome.errors)")
    return outcome
  }
}
