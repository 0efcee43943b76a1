import Refrain
import TestSupport
import Testing

import RefrainText

/// Files of any bytes: what is in them comes out of a corpus, by the exceptions that it states.
struct AnyTextTests {
  @Test(arguments: Vocabulary.TokenKind.allCases)
  func whatGoesInComesOut(_ tokenKind: Vocabulary.TokenKind) throws {
    let scratch = try Scratch()
    var texts = BrokenText(seed: 31)
    var counts = (read: 0, refused: 0, repaired: 0)
    for round in 0..<TestLength.count(short: 300, long: 2000) {
      let bytes = texts.next()
      let path = try scratch.write(bytes)
      // UTF-16 has its own tests.
      if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { continue }
      if tokenKind != .byte, Self.isBinary(bytes) {
        #expect(throws: TextInputError.binary(path: path)) {
          try TextCorpus([path], options: .init(tokenKind))
        }
        counts.refused += 1
        continue
      }
      let corpus = try TextCorpus([path], options: .init(tokenKind))
      let tokens = try read(corpus).tokens
      counts.read += 1
      if tokenKind == .byte {
        #expect(tokens == bytes.map { Int32($0) }, "round \(round)")
        continue
      }
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      let text = bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes
      let expected = String(decoding: text, as: UTF8.self)
      #expect(same(corpus.vocabulary.decode(tokens), expected), "round \(round)")
      if !expected.utf8.elementsEqual(text) { counts.repaired += 1 }
      #expect((corpus.report.invalidSequences > 0) == !expected.utf8.elementsEqual(text))
    }
    #expect(counts.read > 100, "\(counts)")
    #expect(tokenKind == .byte || counts.refused > 2 && counts.repaired > 30, "\(counts)")
  }

  /// The rule: a NUL byte, or more than a tenth control characters that text does not have.
  private static func isBinary(_ bytes: [UInt8]) -> Bool {
    let usual: Set<UInt8> = [8, 9, 10, 11, 12, 13, 27]
    let controls = bytes.count { $0 < 0x20 && !usual.contains($0) }
    return bytes.contains(0) || controls * 10 > bytes.count
  }
}

/// Random texts, half of them with bytes that are no UTF-8, some with a byte-order mark; never without
/// two different symbols.
private struct BrokenText {
  private var texts: RandomText
  private var random: SystemlessGenerator

  init(seed: UInt64) { (texts, random) = (RandomText(seed: seed), .init(state: seed)) }

  mutating func next() -> [UInt8] {
    var bytes = Array((texts.next() + " and\n").utf8)
    // In most texts no NUL: it makes a file one that is not text.
    if Int.random(in: 0..<5, using: &random) > 0 { bytes.removeAll { $0 == 0 } }
    if Bool.random(using: &random) {
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let broken: [UInt8] = [
          .random(in: 0x80...0xFF, using: &random), .random(in: 0x20...0xFF, using: &random),
        ]
        bytes.insert(
          contentsOf: broken.prefix(.random(in: 1...2, using: &random)),
          at: .random(in: 0...bytes.count, using: &random))
      }
    }
    if Int.random(in: 0..<8, using: &random) == 0 { bytes = [0xEF, 0xBB, 0xBF] + bytes }
    return bytes
  }
}
