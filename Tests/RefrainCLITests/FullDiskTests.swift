import Foundation
import Testing

#if os(Linux)
  @Suite("A disk that is full")
  struct FullDiskTests {
    private static let options =
      ["--steps", "40", "--save-every", "1", "--keep", "1000", "--threads", "1"] + small
      + ["--evaluate-every", "1"]

    @Test("The training stops with a sentence, keeps its model, and goes on when there is room")
    func fillsUp() throws {
      let sandbox = try Sandbox()
      try sandbox.write(poem, to: "in.txt")
      #expect(try sandbox.refrain(["train", "in.txt", "--to", "run"] + Self.options).status == 0)
      let expected = try RunContents(sandbox, "run")
      guard let disk = try SmallDisk(sandbox, kibibytes: 256) else {
        print("No disk was filled: a small one cannot be mounted here (that takes root).")
        return
      }
      defer { withExtendedLifetime(disk) {} }
      let run = disk.folder + "/run"
      let full = try sandbox.refrain(["train", "in.txt", "--to", run] + Self.options)
      try expectFull(full)
      let left = try RunContents(sandbox, "disk/run")
      #expect(left.unfinished.isEmpty && left.files["last.safetensors"] != nil)
      #expect(left.files.count < expected.files.count)
      #expect(try sandbox.refrain(["info", run, "--json"]).status == 0)

      try expectFull(try sandbox.refrain(["resume", run]))
      #expect(try RunContents(sandbox, "disk/run").unfinished.isEmpty)
      try disk.resize(kibibytes: 8192)
      let resumed = try sandbox.refrain(["resume", run])
      #expect(resumed.status == 0, "\(resumed.errors)")
      let differences = try RunContents(sandbox, "disk/run").differences(from: expected)
      #expect(differences.isEmpty, "\(differences)")
    }

    private func expectFull(_ outcome: Outcome) throws {
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("no space left"), "\(outcome.errors)")
      #expect(outcome.errors.contains("free some space"), "\(outcome.errors)")
      expectOneSentence(outcome)
    }
  }

  /// A file system of a few kibibytes in memory, in a sandbox's folder `disk`.
  private final class SmallDisk {
    let folder: String

    /// nil where it cannot be mounted.
    init?(_ sandbox: Sandbox, kibibytes: Int) throws {
      folder = sandbox.path("disk")
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      let options = ["-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", folder]
      guard try Self.run("mount", options) == 0 else { return nil }
    }

    deinit { _ = try? Self.run("umount", ["-l", folder]) }

    func resize(kibibytes: Int) throws {
      #expect(try Self.run("mount", ["-o", "remount,size=\(kibibytes)k", folder]) == 0)
    }

    private static func run(_ command: String, _ arguments: [String]) throws -> Int32 {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [command] + arguments
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
  }
#endif
