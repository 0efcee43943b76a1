import Foundation
import Testing

/// What the README and the articles show is real: Swift code stands in an example that is compiled,
/// commands run.
struct DocumentationTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static let pages = ["README.md", "Sources/Refrain/Refrain.docc"].flatMap { path in
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
}
