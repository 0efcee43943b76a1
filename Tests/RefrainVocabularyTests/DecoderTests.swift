import TestSupport
import Testing

import RefrainVocabulary

@Suite struct DecoderTests {
  @Test(arguments: Vocabulary.TokenKind.allCases)
  func piecesMakeTheWhole(tokenKind: Vocabulary.TokenKind) {
    var random = RandomText(seed: 7)
    for _ in 0..<200 {
      let text = random.next()
      let vocabulary = Vocabulary(text: text, tokenKind: tokenKind)
      var decoder = Vocabulary.Decoder(vocabulary)
      var decoded = ""
      for token in vocabulary.encode(text).tokens { decoded += decoder.append(token) }
      #expect(same(decoded + decoder.finish(), text))
    }
  }

  @Test func bytesComeOutWhenAScalarIsComplete() {
    var decoder = Vocabulary.Decoder(.bytes)
    #expect(Array("é€".utf8).map { decoder.append(Int32($0)) } == ["", "é", "", "", "€"])
    #expect(decoder.finish() == "")
  }

  @Test(arguments: [
    ([0x61, 0xFF, 0x62], "a\u{FFFD}b"), ([0xE2, 0x82], "\u{FFFD}"),
    ([0xE2, 0x82, 0x41], "\u{FFFD}A"), ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ([0xC0, 0x80], "\u{FFFD}\u{FFFD}"), ([0xF0, 0x9F, 0x98], "\u{FFFD}"),
    ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    ([0xF0, 0x9F, 0xE2, 0x82, 0xAC], "\u{FFFD}€"),
  ])
  func invalidBytesFollowTheMaximalSubpartRule(bytes: [Int], text: String) {
    #expect(same(Vocabulary.bytes.decode(bytes.map { Int32($0) }), text))
    #expect(same(text, String(decoding: bytes.map { UInt8($0) }, as: UTF8.self)))
  }

  @Test func randomBytesDecodeAsSwiftRepairsThem() {
    var random = SystemlessGenerator(state: 11)
    let likely: [UInt8] = [0x41, 0x80, 0x90, 0xA0, 0xBF, 0xC3, 0xE0, 0xE2, 0xED, 0xF0, 0xF4, 0xFF]
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        likely.randomElement(using: &random)!
      }
      let decoded = Vocabulary.bytes.decode(bytes.map { Int32($0) })
      #expect(same(decoded, String(decoding: bytes, as: UTF8.self)), "\(bytes)")
    }
  }

  @Test func wordsBringTheirSpaces() {
    let vocabulary = Vocabulary(text: "he said, (yes) \"no\"\nend", tokenKind: .word)
    var decoder = Vocabulary.Decoder(vocabulary)
    let pieces = vocabulary.encode("he said, \"yes\" (no)\nend").tokens.map { decoder.append($0) }
    #expect(
      pieces == ["he", " said", ",", " \"", "yes", "\"", " (", "no", ")", "\n", "end"])
  }

  @Test func finishBeginsAnew() {
    let vocabulary = Vocabulary(text: "a b", tokenKind: .word)
    var decoder = Vocabulary.Decoder(vocabulary)
    let a = vocabulary.index(of: "a")!
    #expect(decoder.append(a) == "a")
    #expect(decoder.append(a) == " a")
    _ = decoder.finish()
    #expect(decoder.append(a) == "a")
  }
}
