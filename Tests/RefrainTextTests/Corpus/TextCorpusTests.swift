import Foundation
import Refrain
import TestSupport
import Testing

import RefrainText

@Suite struct TextCorpusTests {
  /// Long enough for several blocks, marks and refills.
  static func longText(_ words: Int = 45_000) -> String {
    var text = ""
    var state: UInt64 = 1
    let parts = [
      "the", "whale", "“Æther”", "naïve", ",", "\n", "  ", "don't", "漢字", "👩‍💻", "\r\n", "(so)",
      "--", "\"aye\"", " ", "\t",
    ]
    for _ in 0..<words {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text += parts[Int(state >> 33) % parts.count] + (state >> 40 & 1 == 0 ? " " : "")
    }
    return text
  }

  @Test(arguments: Vocabulary.TokenKind.allCases)
  func aFileIsReadAsItIs(tokenKind: Vocabulary.TokenKind) throws {
    let scratch = try Scratch()
    let long = Self.longText()
    let path = try scratch.write(long)
    let corpus = try TextCorpus([path], options: .init(tokenKind))
    let whole = try read(corpus)
    #expect(whole.starts == [0])
    #expect(whole.tokens.count == corpus.count)
    #expect(corpus.vocabulary.decode(whole.tokens).utf8.elementsEqual(long.utf8))
    #expect(corpus.vocabulary == Vocabulary(text: long, tokenKind: tokenKind))
    #expect(corpus.vocabulary.encode(long).tokens == whole.tokens)
    #expect(corpus.report.bytes == long.utf8.count)
    #expect(corpus.report.tokens == corpus.count)
  }

  @Test(arguments: Vocabulary.TokenKind.allCases)
  func cursorsAgreeWithTheWholeWhereverTheyStart(tokenKind: Vocabulary.TokenKind) throws {
    let scratch = try Scratch()
    try scratch.write(Self.longText(), "a/1.txt")
    try scratch.write("short", "a/2.txt")
    try scratch.write("\u{FEFF}" + Self.longText(3000), "b.txt")
    let corpus = try TextCorpus([scratch.path], options: .init(tokenKind))
    let whole = try read(corpus)
    #expect(whole.starts.count == 3)
    var positions = [0, 1, 65_535, 65_536, 65_537, 131_072, corpus.count - 1, corpus.count]
    positions += whole.starts.flatMap { [$0 - 1, $0, $0 + 1] }
    positions += (0..<10).map { $0 * corpus.count / 10 + $0 }
    for position in positions where (0...corpus.count).contains(position) {
      let part = try read(corpus, from: position, piece: 7919)
      #expect(part.tokens.elementsEqual(whole.tokens.dropFirst(position)), "\(position)")
      #expect(part.starts == whole.starts.filter { $0 >= position })
    }
    let middle = try read(corpus[70_000..<70_100], piece: 33)
    #expect(middle.tokens.elementsEqual(whole.tokens[70_000..<70_100]))
    #expect(middle.starts.first == 0)
  }

  @Test func foldersAreReadInOrderWithoutWhatIsHiddenOrNotText() throws {
    let scratch = try Scratch()
    try scratch.write("two ", "b.txt")
    try scratch.write("one ", "a/z.txt")
    try scratch.write("three", "c/deep/x.md")
    try scratch.write("hidden", ".secret")
    try scratch.write("hidden", ".git/config")
    try scratch.write([0, 1, 2, 3], "image.png")
    try scratch.write("", "nothing.txt")
    let corpus = try TextCorpus([scratch.path])
    #expect(try text(corpus) == "one two three")
    #expect(corpus.report.documents == 3)
    #expect(
      corpus.report.skipped.map {
        [$0.path.split(separator: "/").last.map(String.init), $0.reason]
      }
        == [["image.png", "it is not text"], ["nothing.txt", "it is empty"]])
    #expect(try read(corpus).starts == [0, 4, 8])
  }

  @Test func severalInputsKeepTheirOrderAndAreReadOnce() throws {
    let scratch = try Scratch()
    let a = try scratch.write("aa", "a.txt")
    let b = try scratch.write("bb", "b.txt")
    let corpus = try TextCorpus([b, a, scratch.path])
    #expect(try text(corpus) == "bbaa")
    #expect(corpus.report.skipped.count == 2)
  }

  @Test func invalidBytesBecomeReplacementCharacters() throws {
    let scratch = try Scratch()
    let bytes: [UInt8] = [0x61, 0xFF, 0xE2, 0x82, 0x62, 0xED, 0xA0, 0x80, 0xC3]
    let path = try scratch.write(bytes)
    for tokenKind in [Vocabulary.TokenKind.character, .word] {
      let corpus = try TextCorpus([path], options: .init(tokenKind))
      #expect(try text(corpus) == String(decoding: bytes, as: UTF8.self))
      #expect(corpus.report.invalidSequences == 6)
    }
    let corpus = try TextCorpus([path], options: .init(.byte))
    #expect(try read(corpus).tokens == bytes.map { Int32($0) })
  }

  /// Blocks end inside characters, invalid sequences and line breaks of every kind.
  @Test(arguments: [0, 5, 11])
  func blocksMayEndAnywhere(shift: Int) throws {
    let scratch = try Scratch()
    let piece = Array("é漢😀".utf8) + [0xFF, 0xF0, 0x9F, 0x0D, 0x0A]
    var bytes = [UInt8](repeating: 0x78, count: shift)
    while bytes.count < 262_200 { bytes += piece }
    bytes += [0xE2, 0x82]
    let corpus = try TextCorpus([scratch.write(bytes)])
    let whole = try read(corpus).tokens
    let decoded = corpus.vocabulary.decode(whole)
    #expect(decoded.utf8.elementsEqual(String(decoding: bytes, as: UTF8.self).utf8))
    let position = corpus.count * 9 / 10 + shift
    #expect(try read(corpus, from: position).tokens.elementsEqual(whole[position...]))
  }

  @Test(arguments: [Vocabulary.TokenKind.character, .word])
  func anyBytesAreReadAsSwiftRepairsThem(tokenKind: Vocabulary.TokenKind) throws {
    let scratch = try Scratch()
    var state: UInt64 = 5
    for _ in 0..<100 {
      let bytes = (0..<200).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return max(UInt8(truncatingIfNeeded: state >> 40), 0x20)
      }
      let corpus = try TextCorpus([scratch.write([0x41] + bytes)], options: .init(tokenKind))
      let expected = String(decoding: [0x41] + bytes, as: UTF8.self)
      #expect(try text(corpus).utf8.elementsEqual(expected.utf8))
    }
  }

  @Test func byteOrderMarksAreSkippedAndCarriageReturnsKept() throws {
    let scratch = try Scratch()
    let path = try scratch.write("\u{FEFF}one\r\ntwo\nthree\r\n\u{FEFF}")
    let corpus = try TextCorpus([path])
    #expect(
      try text(corpus).unicodeScalars.elementsEqual("one\r\ntwo\nthree\r\n\u{FEFF}".unicodeScalars))
    #expect(corpus.report.byteOrderMarks == 1)
    #expect(corpus.report.carriageReturnLines == 2)
    #expect(corpus.report.lines == 4)
    let bytes = try TextCorpus([path], options: .init(.byte))
    #expect(try read(bytes).tokens.prefix(3) == [0xEF, 0xBB, 0xBF])
  }

  @Test func aGivenVocabularyReadsWhatItLacksByItsRules() throws {
    let scratch = try Scratch()
    let path = try scratch.write("“Déjà vu…” ☃")
    let vocabulary = Vocabulary(text: "abcdefghijklmnopqrstuvwxyz .\"", tokenKind: .character)
    let corpus = try TextCorpus([path], options: .init(vocabulary: vocabulary))
    #expect(try text(corpus) == "\"deja vu...\" ")
    #expect(corpus.count == 13)
    #expect(corpus.report.substitutions.count == 7)
    #expect(try read(corpus, from: 10).tokens.elementsEqual(read(corpus).tokens.dropFirst(10)))
  }

  @Test func rareWordsAreCounted() throws {
    let scratch = try Scratch()
    var options = TextCorpusOptions(tokenKind: .word)
    options.minimumCount = 2
    let corpus = try TextCorpus([scratch.write("a b a c\na d")], options: options)
    #expect(try text(corpus) == "a <unk> a <unk>\na <unk>")
    #expect(corpus.report.unknownTokens == 3)
    options.vocabularySize = 3
    #expect(try TextCorpus([scratch.path], options: options).vocabulary.count == 3)
  }

  @Test(.enabled(if: tinyShakespeare != nil, "shared/data/tinyshakespeare.txt is not here"))
  func tinyShakespeareHasSixtyFiveCharacters() throws {
    let path = try #require(tinyShakespeare)
    let corpus = try TextCorpus([path])
    #expect(corpus.count == 1_115_394)
    #expect(corpus.vocabulary.count == 65)
    #expect(corpus.report.lines == 40_000)
    #expect(try read(corpus, from: 1_000_000).tokens.count == 115_394)
    let words = try TextCorpus([path], options: .init(.word))
    let original = try String(contentsOfFile: path, encoding: .utf8)
    #expect(try text(words) == original)
  }
}
