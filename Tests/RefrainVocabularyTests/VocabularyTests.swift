import Foundation
import TestSupport
import Testing

import RefrainVocabulary

@Suite struct VocabularyTests {
  @Test(arguments: Vocabulary.TokenKind.allCases)
  func decodeReturnsWhatEncodeTook(tokenKind: Vocabulary.TokenKind) {
    var random = RandomText()
    for _ in 0..<2000 {
      let text = random.next()
      let vocabulary = Vocabulary(text: text, tokenKind: tokenKind)
      let encoding = vocabulary.encode(text)
      #expect(same(vocabulary.decode(encoding.tokens), text), "\(text.debugDescription)")
      #expect(encoding.explanation == nil)
      #expect(!encoding.tokens.contains { $0 == vocabulary.unknown })
    }
  }

  @Test(arguments: Vocabulary.TokenKind.allCases)
  func decodeReturnsWhatEncodeTookWithAVocabularyOfManyTexts(tokenKind: Vocabulary.TokenKind) {
    var random = RandomText(seed: 2)
    let texts = (0..<300).map { _ in random.next() }
    let all = Vocabulary(text: texts.joined(separator: "\n"), tokenKind: tokenKind)
    for text in texts {
      // A combining mark may join the line break before it: only texts that begin otherwise count.
      let vocabulary = tokenKind == .word ? Vocabulary(text: text, tokenKind: tokenKind) : all
      #expect(same(vocabulary.decode(vocabulary.encode(text).tokens), text))
    }
  }

  @Test func charactersStandInScalarOrder() {
    let vocabulary = Vocabulary(text: "hello world", tokenKind: .character)
    #expect(vocabulary.tokens == [" ", "d", "e", "h", "l", "o", "r", "w"])
    #expect(vocabulary.encode("hold").tokens == [3, 5, 4, 1])
    #expect(vocabulary.index(of: "w") == 7)
    #expect(vocabulary.index(of: "x") == nil)
    #expect(vocabulary.unknown == nil)
  }

  @Test func equivalentSpellingsAreDifferentTokens() {
    let vocabulary = Vocabulary(text: "\u{2126}\u{3A9}", tokenKind: .character)
    #expect(vocabulary.count == 2)
    #expect(vocabulary.encode("\u{3A9}\u{2126}").tokens == [0, 1])
    let words = Vocabulary(text: "caf\u{E9} cafe\u{301}", tokenKind: .word)
    let text = "cafe\u{301} caf\u{E9}"
    #expect(same(words.decode(words.encode(text).tokens), text))
  }

  @Test(arguments: [
    ("é", "e"), ("É", "e"), ("ﬁ", "fi"), ("ß", "ss"), ("“", "\""), ("’", "'"), ("—", "-"),
    ("…", "..."), ("\u{A0}", " "), ("\t", " "), ("E", "e"), ("ø", "o"), ("Ø", "o"), ("☃", ""),
    ("漢", ""), ("\0", ""), ("\u{301}", ""), ("²", ""), ("Ⅳ", "iv"),
  ])
  func encodeReplacesWhatIsMissing(symbol: String, replacement: String) {
    let vocabulary = Vocabulary(text: "abcdefghijklmnopqrstuvwxyz .,'\"-\n", tokenKind: .character)
    let encoding = vocabulary.encode("a" + symbol + "b")
    #expect(vocabulary.decode(encoding.tokens) == "a" + replacement + "b")
    let all = encoding.replaced + encoding.leftOut
    #expect(all == [Substitution(symbol: symbol, replacement: replacement, count: 1)])
  }

  @Test func encodePrefersThePlainFormThenTheBaseLetterThenTheOtherCase() {
    #expect(
      Vocabulary(text: "eÉ", tokenKind: .character).encode("é").replaced.first?.replacement == "e")
    #expect(
      Vocabulary(text: "É", tokenKind: .character).encode("é").replaced.first?.replacement == "É")
    #expect(
      Vocabulary(text: "E", tokenKind: .character).encode("é").replaced.first?.replacement == "E")
  }

  @Test func explanationIsOneSentence() {
    let vocabulary = Vocabulary(text: "aeb ", tokenKind: .character)
    #expect(
      vocabulary.encode("éé☃a☃\u{7}").explanation
        == "Not in the vocabulary: read ‘é’ as ‘e’ (2 times); left out ‘☃’ (2 times), U+0007.")
    let words = Vocabulary(text: "a b", tokenKind: .word)
    #expect(
      words.encode("a zebra").explanation
        == "Not in the vocabulary: took as unknown words ‘zebra’.")
  }

  @Test func equalVocabulariesHoldTheSameScalars() {
    #expect(
      Vocabulary(text: "ab", tokenKind: .character) == Vocabulary(text: "ba", tokenKind: .character)
    )
    #expect(Vocabulary(characters: ["\u{2126}"]) != Vocabulary(characters: ["\u{3A9}"]))
    #expect(
      Vocabulary(text: "ab", tokenKind: .word) != Vocabulary(text: "ab", tokenKind: .character))
  }

  @Test(arguments: Vocabulary.TokenKind.allCases)
  func codableReturnsTheSameVocabulary(tokenKind: Vocabulary.TokenKind) throws {
    var random = RandomText(seed: 3)
    for _ in 0..<50 {
      let vocabulary = Vocabulary(text: random.next(), tokenKind: tokenKind)
      let data = try JSONEncoder().encode(vocabulary)
      #expect(try JSONDecoder().decode(Vocabulary.self, from: data) == vocabulary)
    }
  }

  @Test(arguments: [
    #"{"tokenKind":"char","tokens":["ab"]}"#, #"{"tokenKind":"char","tokens":[""]}"#,
    #"{"tokenKind":"char","tokens":["b","a"]}"#, #"{"tokenKind":"char","tokens":["a","a"]}"#,
    #"{"tokenKind":"word","tokens":["a"]}"#,
    #"{"tokenKind":"word","tokens":["<unk>","<join>"," ",""]}"#,
    #"{"tokenKind":"word","tokens":["<unk>","<join>"," ","a","a"]}"#, #"{"tokenKind":"syllable"}"#,
    #"{"tokenKind":"char"}"#,
  ])
  func decodingRefusesWhatIsNoVocabulary(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Vocabulary.self, from: Data(json.utf8))
    }
  }
}
