internal import ArgumentParser
internal import Foundation
internal import Refrain
internal import RefrainMusic
internal import RefrainText
internal import RefrainTools

/// `refrain doctor`.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Shows what this machine offers and checks that Refrain works on it.",
    discussion:
      "The exit status is 1 if a check fails. Include the output when you report a problem.")

  @Flag(help: "Prints one JSON object instead of text.")
  var json = false

  func run() async throws {
    let report = SystemReport()
    let folder = FileManager.default.currentDirectoryPath
    let checks =
      [Self.isWritable(folder)] + SelfTest(folder: Self.temporaryFolder).run()
      + [SoundLibraries.check()]
    let passed = checks.allSatisfy(\.passed)
    if json {
      try Terminal.output.json(Self.json(report, checks, passed))
    } else {
      try Terminal.output.line(Self.facts(report).joined(separator: "\n") + "\n")
      for check in checks { try Terminal.output.line(Self.line(check)) }
      try Terminal.output.line(
        passed
          ? "\nEverything works."
          : "\nSomething does not work: see the lines with ✗. Please report it with this output.")
    }
    if !passed { throw ExitCode.failure }
  }

  private static var temporaryFolder: String { FileManager.default.temporaryDirectory.path }

  /// Whether runs can be written into `folder`.
  private static func isWritable(_ folder: String) -> SelfTest.Check {
    let path = folder + "/refrain-\(UUID().uuidString)"
    let name = "This folder can be written"
    defer { try? FileManager.default.removeItem(atPath: path) }
    do {
      try DurableFile.write([1], to: path)
      return SelfTest.Check(name: name, passed: true, detail: folder)
    } catch {
      return SelfTest.Check(name: name, passed: false, detail: "\(error)")
    }
  }

  private static func line(_ check: SelfTest.Check) -> String {
    let mark =
      check.passed
      ? Terminal.output.styled("✓", .green) : Terminal.output.styled("✗", .red)
    return "\(mark) \(check.name): \(check.detail)."
  }

  private static func libraries(_ report: SystemReport) -> [(name: String, version: String)] {
    [("zlib", LibraryVersions.zlib), ("xxHash", report.xxHash)] + SoundLibraries.versions
  }

  private static func facts(_ report: SystemReport) -> [String] {
    let rows = [
      ["Refrain", RefrainCommand.configuration.version],
      ["System", "\(report.operatingSystem), \(report.architecture)"],
      ["Processor", report.processor ?? "unknown"],
      ["Features", report.features.joined(separator: " ")],
      ["Cores", "\(report.cores); training uses all of them unless --threads is given"],
      ["Memory", "\((Double(report.memory) / 0x1p30).fixed(1)) GiB"],
      ["Kernels", "\(report.kernels.rawValue): \(report.kernelsReason)"],
      ["Libraries", libraries(report).map { "\($0.name) \($0.version)" }.joined(separator: ", ")],
    ]
    return TextTable(rows: rows, leftColumns: 2).lines
  }

  private static func json(
    _ report: SystemReport, _ checks: [SelfTest.Check], _ passed: Bool
  ) -> JSONValue {
    [
      "version": .string(RefrainCommand.configuration.version),
      "system": .string(report.operatingSystem), "architecture": .string(report.architecture),
      "processor": .string(orNull: report.processor),
      "features": .array(report.features.map { .string($0) }), "cores": .integer(report.cores),
      "memory_bytes": .integer(Int(report.memory)), "kernels": .string(report.kernels.rawValue),
      "kernels_reason": .string(report.kernelsReason),
      "libraries": .object(
        libraries(report).map { (key: $0.name.lowercased(), value: .string($0.version)) }),
      "checks": .array(
        checks.map {
          ["name": .string($0.name), "passed": .bool($0.passed), "detail": .string($0.detail)]
        }), "passed": .bool(passed),
    ]
  }
}
