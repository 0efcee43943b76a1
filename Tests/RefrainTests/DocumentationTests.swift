import Foundation
import Testing

/// What the README and the articles show is real: Swift code stands in an example that is compiled,
/// commands run.
struct DocumentationTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static let pages = [
    "README.md", "Documentation/Schemes.md", "Sources/Refrain/Refrain.docc",
  ].flatMap { path in
    let url = root.appending(path: path)
    if url.pathExtension == "md" { return [url] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().map { url.appending(path: $0) }
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
    var sources = ""
    for folder in ["Examples", "Tests/RefrainTests"] {
      let files = FileManager.default.enumerator(atPath: Self.root.appending(path: folder).path)
      while let file = files?.nextObject() as? String {
        guard file.hasSuffix(".swift") else { continue }
        sources += try String(
          contentsOf: Self.root.appending(path: folder + "/" + file), encoding: .utf8)
      }
    }
    for block in try Self.blocks("swift", in: page) {
      #expect(
        sources.contains(block.joined(separator: "\n")),
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
