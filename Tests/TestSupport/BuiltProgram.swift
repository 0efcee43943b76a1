package import Foundation

/// Where the tests and the programs that were built with them stand.
package let builtProgramsFolder: URL = {
  #if os(Linux)
    let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(filePath: path ?? "").deletingLastPathComponent()
  #else
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    return (bundle ?? .main).bundleURL.deletingLastPathComponent()
  #endif
}()

/// A program of this package at work, with what it writes to standard output.
package struct BuiltProgram {
  package let process = Process()
  private let output = Pipe()

  /// Starts the program `name`.
  package init(_ name: String, _ arguments: [String] = []) throws {
    process.executableURL = builtProgramsFolder.appending(path: name)
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
  }

  /// Waits for its end.
  package func end() throws -> (output: String, status: Int32) {
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (text, process.terminationStatus)
  }
}
