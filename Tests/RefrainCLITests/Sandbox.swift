import Foundation
import Synchronization
import TestSupport
import Testing

/// What a command did.
struct Outcome {
  /// The exit status; a signal that ended the command counts as its number negated.
  let status: Int32
  let output: String
  let errors: String
  /// What was written to standard output, be it text or not.
  let bytes: Data

  /// The lines of standard output as JSON objects.
  func jsonLines() throws -> [[String: Any]] {
    try output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }
}

/// A folder of a test's own, in which the command runs.
final class Sandbox: Sendable {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "refrain-cli-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Removes the folder when the tests end, for a sandbox that all of them share and that nobody
  /// frees.
  func removeAtExit() {
    Self.shared.withLock { folders in
      if folders.isEmpty {
        atexit {
          for folder in Sandbox.shared.withLock({ $0 }) {
            try? FileManager.default.removeItem(atPath: folder)
          }
        }
      }
      folders.append(folder)
    }
  }

  private static let shared = Mutex<[String]>([])

  func path(_ name: String) -> String { folder + "/" + name }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Data(text.utf8), to: name)
  }

  @discardableResult
  func write(_ bytes: Data, to name: String) throws -> String {
    try bytes.write(to: URL(fileURLWithPath: path(name)))
    return name
  }

  func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path(name)))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// Runs `refrain` and waits for it.
  func refrain(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    let job = try start(arguments, input: input, environment: environment)
    return try job.wait()
  }

  /// Runs `refrain` under a shell's `prefix`, such as a limit on the size of files.
  func refrain(after prefix: String, _ arguments: [String]) throws -> Outcome {
    try Job(
      "/bin/sh",
      ["-c", prefix + "; exec \"$0\" \"$@\"", builtProgramsFolder.appending(path: "refrain").path]
        + arguments, self
    ).wait()
  }

  /// Starts `refrain`.
  func start(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
  ) throws -> Job {
    try Job(
      builtProgramsFolder.appending(path: "refrain").path, arguments, self, input: input,
      environment: environment)
  }

  /// Starts `refrain` with its output going into a pipe that nobody reads.
  func startUnread(_ arguments: [String]) throws -> Job {
    let fifo = path(UUID().uuidString)
    guard mkfifo(fifo, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
    // Opened for both, so that opening does not wait for a reader.
    return try Job(
      "/bin/sh",
      ["-c", "exec \"$0\" \"$@\" 1<>\(fifo)", builtProgramsFolder.appending(path: "refrain").path]
        + arguments, self)
  }
}

/// A command at work. Its output goes to files, which never fill up as pipes do.
final class Job {
  let process = Process()
  private let files: (output: String, errors: String)

  init(
    _ command: String, _ arguments: [String], _ sandbox: Sandbox, input: String? = nil,
    environment: [String: String] = [:]
  ) throws {
    let name = UUID().uuidString
    files = (sandbox.path(name + ".out"), sandbox.path(name + ".err"))
    for file in [files.output, files.errors] {
      _ = FileManager.default.createFile(atPath: file, contents: nil)
    }
    process.executableURL = URL(fileURLWithPath: command)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: sandbox.folder)
    process.standardOutput = FileHandle(forWritingAtPath: files.output)
    process.standardError = FileHandle(forWritingAtPath: files.errors)
    if let input {
      let file = try sandbox.write(input, to: name + ".in")
      process.standardInput = FileHandle(forReadingAtPath: sandbox.path(file))
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    try process.run()
  }

  /// What has been written to standard output up to now.
  func output() throws -> String { String(decoding: try bytes(), as: UTF8.self) }

  private func bytes() throws -> Data { try Data(contentsOf: URL(filePath: files.output)) }

  /// Waits until the output contains `text`, or the command has ended.
  func wait(for text: String) throws {
    while process.isRunning, !(try output().contains(text)) { usleep(2000) }
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  func wait() throws -> Outcome {
    process.waitUntilExit()
    let status = process.terminationStatus
    return Outcome(
      status: process.terminationReason == .uncaughtSignal ? -status : status,
      output: try output(),
      errors: try String(contentsOfFile: files.errors, encoding: .utf8), bytes: try bytes())
  }
}

/// A text with enough to learn for a small network.
let poem = String(
  repeating: """
    The wind that blows across the sea
    brings back the song it took from me;
    it took the song, it took the word,
    and brings them back as they were heard.

    """, count: 12)

/// A network and batches that train in a moment.
let small = [
  "--hidden", "12", "--layers", "1", "--batch-size", "4", "--sequence-length", "10",
  "--evaluate-every", "20",
]
