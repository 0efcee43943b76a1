import Foundation
import Testing

/// Everything in a run folder, with `metrics.csv` less what the clock decides: two runs are the same
/// training if these are equal.
struct RunContents: Equatable {
  /// For each file below the folder, its bytes.
  private(set) var files: [String: Data] = [:]

  /// - Parameter ignored: files that do not count.
  init(_ sandbox: Sandbox, _ folder: String, without ignored: Set<String> = []) throws {
    let paths = FileManager.default.enumerator(atPath: sandbox.path(folder))
    while let name = paths?.nextObject() as? String {
      let path = sandbox.path(folder + "/" + name)
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      if isFolder.boolValue || ignored.contains(name) { continue }
      files[name] =
        name == "metrics.csv"
        ? Data(Self.withoutClock(try sandbox.text(folder + "/" + name)).utf8)
        : try sandbox.bytes(folder + "/" + name)
    }
  }

  /// Names of files that were not finished.
  var unfinished: [String] { files.keys.filter { $0.hasSuffix(".partial") } }

  /// The names of files that differ from another run's; empty if it is the same training.
  func differences(from other: RunContents) -> [String] {
    Set(files.keys).union(other.files.keys).filter { files[$0] != other.files[$0] }.sorted()
  }

  /// The last two columns are tokens per second and seconds.
  private static func withoutClock(_ metrics: String) -> String {
    metrics.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).dropLast(2)
        .joined(separator: ",")
    }.joined(separator: "\n")
  }
}

extension Sandbox {
  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

  func copy(_ name: String, to other: String) throws {
    try FileManager.default.copyItem(atPath: path(name), toPath: path(other))
  }
}
