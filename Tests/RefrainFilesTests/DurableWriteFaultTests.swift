import Foundation
import RefrainFiles
import TestSupport
import Testing

#if os(Linux)
  extension FileTests {
    /// Every system call of a durable write fails, in every way, one after the other.
    @Suite("Faults in a durable write", .serialized)
    struct DurableWriteFaultTests {
      @Test(arguments: FaultLibrary.kinds)
      func oldOrNewFileIsComplete(kind: String) throws {
        try withTemporaryFolder { folder in
          guard let library = try FaultLibrary(in: folder) else { return }
          let data = folder + "/data"
          try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: false)
          var number = 0
          repeat {
            number += 1
            try #require(number < 100, "a write has fewer calls")
          } while try faultIsSurvived(number, kind: kind, library: library, folder: data)
          // Opening the folder and the file, writing, two syncs, two closes, renaming.
          #expect(number > 8)
        }
      }

      /// Makes call `number` fail while the value 2 replaces 1; whether there was such a call.
      private func faultIsSurvived(
        _ number: Int, kind: String, library: FaultLibrary, folder: String
      ) throws -> Bool {
        let path = folder + "/model.safetensors"
        try #require(try Probe.run(["write", path, "1"]).status == 0)
        let result = try Probe.run(
          ["write", path, "2"],
          environment: library.environment(folder: folder, number: number, kind: kind))

        let text = "\(kind) at call \(number): \(result.messages)"
        let model = try SafeTensors(contentsOf: path, hash: .required)
        let value = try #require(try model["value"]?.floats().first, "\(text)")
        #expect(value == 1 || value == 2, "\(text)")
        if result.status == 0 { #expect(value == 2, "\(text)") }
        if kind == "EINTR" || kind == "short write" {
          // Only a sync is not tried again.
          #expect(result.status == 0 || result.messages.contains("interrupted"), "\(text)")
        } else if result.messages.contains("fault reached"), !kind.hasPrefix("kill") {
          // The folder's close comes after everything that counts.
          let isLast = value == 2 && !result.messages.contains("was written, but")
          #expect(result.status == 1 || isLast, "\(text)")
          #expect(isLast || result.messages.contains(path), "\(text)")
        }
        if !kind.hasPrefix("kill") {
          #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1, "\(text)")
        }

        try #require(try Probe.run(["start", path]).status == 0)
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: folder) == ["model.safetensors"],
          "\(text)")
        return result.messages.contains("fault reached")
      }
    }
  }

  /// The program `DurableWriteProbe`, which stands beside the tests.
  private enum Probe {
    /// The exit status, or the signal's number negated, and what was written to standard error.
    typealias Outcome = (status: Int, messages: String)

    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
      let probe = builtProgramsFolder.appending(path: "DurableWriteProbe").path
      return try runCommand(probe, arguments, environment: environment)
    }

    static func runCommand(
      _ command: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> Outcome {
      let process = Process()
      let messages = Pipe()
      process.executableURL = URL(filePath: command)
      process.arguments = arguments
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardError = messages
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      let text = messages.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let status = Int(process.terminationStatus)
      return (
        process.terminationReason == .exit ? status : -status, String(decoding: text, as: UTF8.self)
      )
    }
  }
#endif
