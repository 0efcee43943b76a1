import Foundation
import Testing

/// What the README and the articles show is real: Swift code stands in an example that is compiled,
/// commands run.
struct DocumentationTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static let pages =
    ["README.md", "Documentation/Schemes.md"].map { root.appending(path: $0) }
    + files(in: "Sources").filter { $0.path.contains(".docc/") && $0.pathExtension == "md" }

  private static func files(in folder: String) -> [URL] {
    let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
    return (paths?.compactMap { $0 as? String } ?? []).sorted()
      .map { root.appending(path: folder + "/" + $0) }
  }

  /// The lines of every block that begins with ``` and `language`.
  private static func blocks(_ language: String, in page: URL) throws -> [[String]] {
    var blocks: [[String]] = []
    var block: [String]?
    for line in try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n") {
      if line == "```" + language {
        block = []
      } else if line == "```", let finished = block {
        blocks.append(finished)
        block = nil
      } else {
        block?.append(line)
      }
    }
    return blocks
  }

  @Test(arguments: pages)
  func swiftCodeStandsInACompiledExample(page: URL) throws {
    let sources = try (Self.files(in: "Examples") + Self.files(in: "Tests/RefrainTests"))
      .filter { $0.pathExtension == "swift" }
      .map { try "\n" + String(contentsOf: $0, encoding: .utf8) }.joined()
    for block in try Self.blocks("swift", in: page) {
      // What stands in a function there may be shown without its indentation.
      let shown = [0, 2, 4].map { indentation in
        block.map { $0.isEmpty ? $0 : String(repeating: " ", count: indentation) + $0 }
          .joined(separator: "\n")
      }
      #expect(
        shown.contains { sources.contains("\n" + $0 + "\n") },
        "\(page.lastPathComponent) shows code that no example has: \(block.first ?? "")")
    }
  }

  @Test(arguments: ["ARCHITECTURE.md", "CONTRIBUTING.md"])
  func filesAndFoldersThatAreNamedExist(page: String) throws {
    let files = FileManager.default
    let sources = Self.root.appending(path: "Sources")
    let modules = try files.contentsOfDirectory(atPath: sources.path).map {
      sources.appending(path: $0)
    }
    let text = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
    for match in text.matches(of: /`([\w.+-]+(?:\/[\w.+-]+)*\/[\w.+-]*)`/) {
      let path = String(match.1)
      let places = [Self.root, sources] + modules
      #expect(
        places.contains { files.fileExists(atPath: $0.appending(path: path).path) },
        "\(page) names \(path), which is not there")
    }
  }
}
