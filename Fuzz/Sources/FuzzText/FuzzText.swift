import Foundation
import FuzzInput
import Refrain
import RefrainText

@main
struct FuzzText: FuzzTarget {
  static func read(_ input: FuzzInput) {
    guard let first = input.bytes.first else { return }
    let kinds = Vocabulary.TokenKind.allCases
    var options = TextCorpusOptions(tokenKind: kinds[Int(first) % kinds.count])
    options.spoolFolder = FuzzInput.folder + "/inputs"
    input.readFile("text", of: Array(input.bytes.dropFirst())) { path in
      let corpus = try TextCorpus([path], options: options)
      var cursor = try corpus.cursor(at: corpus.count / 2)
      var tokens = [Int32](repeating: 0, count: 4096)
      var starts = [Bool](repeating: false, count: 4096)
      var tokenSpan = tokens.mutableSpan
      var startSpan = starts.mutableSpan
      _ = try cursor.read(into: &tokenSpan, starts: &startSpan)
    }
    try? FileManager.default.removeItem(atPath: FuzzInput.folder + "/inputs")
  }

  static func seeds() throws -> [[UInt8]] {
    let text = "A “rose”,\r\n\tis a 👩‍💻 rose -- e\u{301}\n"
    // “abc abc\nabd\n”, compressed by gzip.
    let packed: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4B, 0x4C, 0x4A, 0x56,
      0x48, 0x4C, 0x4A, 0xE6, 0x4A, 0x4C, 0x4A, 0xE1, 0x02, 0x00, 0x08, 0xA4, 0x8E, 0x95,
      0x0C, 0x00, 0x00, 0x00,
    ]
    var wide: [UInt8] = [0xFF, 0xFE]
    for tokenKind in text.utf16 {
      wide += [UInt8(truncatingIfNeeded: tokenKind), UInt8(tokenKind >> 8)]
    }
    return (0..<3).map { [UInt8($0)] + Array(text.utf8) } + [[0] + packed, [1] + wide]
  }
}
