import Foundation
import Refrain
import Testing

import RefrainText

@Suite struct CorpusReportTests {
  @Test func aPlainTextIsSummedUp() throws {
    let scratch = try Scratch()
    let corpus = try TextCorpus([scratch.write("abab\nba\n")])
    #expect(
      corpus.report.lines() == [
        "1 document of 8 bytes: 8 characters, a vocabulary of 3.",
        "The rarest: ‘\\n’ 2 times, ‘a’ 3 times, ‘b’ 3 times.",
      ])
    let stored = try JSONEncoder().encode(corpus.report)
    #expect(try JSONDecoder().decode(CorpusReport.self, from: stored) == corpus.report)
  }

  @Test func oddThingsAreSaid() throws {
    let scratch = try Scratch()
    let bytes = byteOrderMark + Array("caf".utf8) + [0xE9, 0x20, 0xE8, 0x0D, 0x0A, 0x41]
    let lines = try TextCorpus([scratch.write(bytes)]).report.lines()
    #expect(lines.contains("A byte-order mark was skipped in 1 file."))
    #expect(
      lines.contains(
        "1 line of 2 end in CR LF, as on Windows; the carriage returns are kept and learned."))
    #expect(
      lines.contains(
        "2 invalid UTF-8 sequences read as U+FFFD. The text looks like Latin-1: convert it with "
          + "iconv -f latin1 -t utf-8."))
  }

  @Test(arguments: [Vocabulary.TokenKind.character, .word])
  func aSlipInUTF8IsNotLatin1(tokenKind: Vocabulary.TokenKind) throws {
    let scratch = try Scratch()
    let path = try scratch.write(Array("où naïve Ærøskøbing ».".utf8) + [0xFF])
    let report = try TextCorpus([path], options: .init(tokenKind)).report
    #expect(report.invalidSequences == 1)
    #expect(report.longCharacters == 6)
    #expect(!report.looksLikeLatin1)
  }

  @Test func repeatedLinesAreCounted() throws {
    let scratch = try Scratch()
    let line = "a line that is long enough"
    let text = "\(line)\r\nshort\nshort\n\(line)\nanother line that is long\n\(line)"
    let report = try TextCorpus([scratch.write(text)]).report
    #expect(report.comparedLines == 4)
    #expect(report.repeatedLines == 1)  // the first ends in CR
    #expect(report.comparesAllLines)
  }

  @Test func linesAcrossBlocksHaveTheSameHash() {
    let text = Array("0123456789abcdefghij\n0123456789abcdefghij\nxx\n0123456789abcdefghij".utf8)
    for cut in 1..<text.count {
      var tally = LineTally()
      text.withUnsafeBytes { bytes in
        tally.count(UnsafeRawBufferPointer(rebasing: bytes[..<cut]))
        tally.count(UnsafeRawBufferPointer(rebasing: bytes[cut...]))
      }
      tally.endDocument()
      #expect(tally.lines == 4)
      #expect(tally.compared == (3, 2))
    }
  }

  @Test func manyDifferentLinesAreSampled() {
    var tally = LineTally()
    for _ in 0..<2 {
      for first in stride(from: 0, to: 300_000, by: 1000) {
        var block = ""
        for i in first..<first + 1000 { block += "this is line number \(i)\n" }
        block.withUTF8 { tally.count(UnsafeRawBufferPointer($0)) }
      }
    }
    #expect(tally.lines == 600_000)
    #expect(!tally.isExact)
    let (lines, repeated) = tally.compared
    #expect((200_000..<400_000).contains(lines))
    #expect(repeated * 2 == lines)
  }

  @Test(arguments: [
    (100_000_000, "may learn it by heart"), (1_000_000, "the two go together"),
    (10_000, "raise `hidden` or `layers`"),
  ])
  func adviceDependsOnTheRatio(parameters: Int, words: String) throws {
    var report = CorpusReport(tokenKind: .character)
    report.tokens = 1_000_000
    #expect(report.lines(parameters: parameters).last?.description.contains(words) == true)
    #expect(report.lines().count == 1)
  }
}
