import Refrain
import TestSupport
import Testing

import RefrainText

/// Texts and compressed texts that something happened to.
///
/// The text that a compressed file holds can be a thousand times as long, so it goes to a file piece by
/// piece: memory never holds it. A corpus counts tokens in tables of its own, at most 1 MiB each.
struct AlteredTextTests {
  private static let text = Array(
    String(repeating: "Die Möwe, “sagt” man,\r\nfliegt 👩‍💻 weit\tund e\u{301}ilig --\n", count: 30)
      .utf8)

  @Test func compressedFilesAreReadOrRefused() throws {
    let whole =
      SpoolTests.gzip(Array(Self.text.prefix(900))) + SpoolTests.gzip(Self.text) + [0, 0]
    try check(whole, name: "text.txt.gz", seed: 8, leastRead: 1)
  }

  @Test func textsAreReadOrRefused() throws {
    try check(Self.text, name: "text.txt", seed: 9, leastRead: 50)
  }

  @Test func wideTextsAreReadOrRefused() throws {
    var wide: [UInt8] = [0xFF, 0xFE]
    for tokenKind in String(decoding: Self.text, as: UTF8.self).utf16 {
      wide += [UInt8(truncatingIfNeeded: tokenKind), UInt8(tokenKind >> 8)]
    }
    try check(wide, name: "text.txt", seed: 10, leastRead: 30)
  }

  private func check(_ whole: [UInt8], name: String, seed: UInt64, leastRead: Int) throws {
    let scratch = try Scratch()
    var alteration = Alteration(seed: seed)
    var read = 0
    for round in 0..<TestLength.count(short: 300, long: 2000) {
      let altered = alteration.next(whole)
      let path = try scratch.write(altered, name)
      let tokenKind = Vocabulary.TokenKind.allCases[round % 3]
      let reading = ForeignReading {
        let corpus = try TextCorpus(
          [path], options: .init(tokenKind, spool: scratch.path + "/inputs"))
        if round.isMultiple(of: 10) {
          #expect(try RefrainTextTests.read(corpus).tokens.count == corpus.count)
        }
      }
      #expect(reading.fault(size: altered.count) == nil, "round \(round)")
      if reading.isRead { read += 1 }
    }
    #expect(read >= leastRead)
  }

  /// 30 MiB of one letter are 30 kB in a file.
  @Test func whatIsPackedTightTakesNoMoreMemory() throws {
    let scratch = try Scratch()
    let packed = SpoolTests.gzip(
      Array("ab".utf8) + [UInt8](repeating: 0x61, count: 30 << 20))
    #expect(packed.count < 40_000)
    let path = try scratch.write(packed, "letters.gz")
    let reading = ForeignReading {
      let corpus = try TextCorpus([path], options: .init(spool: scratch.path + "/inputs"))
      #expect(corpus.count == 2 + 30 << 20)
    }
    #expect(reading.isRead)
    #expect(reading.largest <= 2 * packed.count + 1 << 20 && reading.peak < 4 << 20)
  }
}
