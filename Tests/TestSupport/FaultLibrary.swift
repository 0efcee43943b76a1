#if os(Linux)
  import Foundation

  /// The library that makes system calls of another program fail, compiled from Tests/FaultInjection/faults.c.
  package struct FaultLibrary: Sendable {
    /// Every way in which a call goes wrong.
    package static let kinds = [
      "EIO", "ENOSPC", "EINTR", "short write", "kill before", "kill after",
    ]

    private let path: String

    /// Compiles it into a folder; nil, which is said, where there is no C compiler.
    package init?(in folder: String) throws {
      path = folder + "/faults.so"
      let source = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../FaultInjection/faults.c").path
      for compiler in ["clang", "cc"] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [compiler, "-shared", "-fPIC", "-Wall", "-o", path, source]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        // 127: there is no such command.
        if process.terminationStatus == 127 { continue }
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return
      }
      print("Faults are not injected: no C compiler (clang or cc) was found.")
      return nil
    }

    /// The environment of a program whose call `number` to a file below `folder` goes wrong; 0: none, and
    /// the program says how many there are.
    package func environment(folder: String, number: Int, kind: String) -> [String: String] {
      [
        "LD_PRELOAD": path, "FAULT_FOLDER": folder, "FAULT_AT": "\(number)", "FAULT_KIND": kind,
      ]
    }
  }
#endif
