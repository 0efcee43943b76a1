import Foundation
import TestSupport
import Testing

import RefrainVocabulary

@Suite struct VocabularyTests {
  @Test(arguments: Vocabulary.Unit.allCases)
  func decodeReturnsWhatEncodeTook(unit: Vocabulary.Unit) {
    var random = RandomText()
    for _ in 0..<2000 {
      let text = random.next()
      let vocabulary = Vocabulary(text: text, unit: unit)
      let encoding = vocabulary.encode(text)
      #expect(same(vocabulary.decode(encoding.tokens), text), "\(text.debugDescription)")
      #expect(encoding.explanation == nil)
      #expect(!encoding.tokens.contains { $0 == vocabulary.unknown })
    }
  }

  @Test(arguments: Vocabulary.Unit.allCases)
  func decodeReturnsWhatEncodeTookWithAVocabularyOfManyTexts(unit: Vocabulary.Unit) {
    var random = RandomText(seed: 2)
    let texts = (0..<300).map { _ in random.next() }
    let all = Vocabulary(text: texts.joined(separator: "\n"), unit: unit)
    for text in texts {
      // A combining mark may join the line break before it: only texts that begin otherwise count.
      let vocabulary = unit == .word ? Vocabulary(text: text, unit: unit) : all
      #expect(same(vocabulary.decode(vocabulary.encode(text).tokens), text))
    }
  }

  @Test func charactersStandInScalarOrder() {
    let vocabulary = Vocabulary(text: "hello world", unit: .character)
    #expect(vocabulary.tokens == [" ", "d", "e", "h", "l", "o", "r", "w"])
    #expect(vocabulary.encode("hold").tokens == [3, 5, 4, 1])
    #expect(vocabulary.index(of: "w") == 7)
    #expect(vocabulary.index(of: "x") == nil)
    #expect(vocabulary.unknown == nil)
  }

  @Test func equivalentSpellingsAreDifferentTokens() {
    let vocabulary = Vocabulary(text: "\u{2126}\u{3A9}", unit: .character)
    #expect(vocabulary.count == 2)
    #expect(vocabulary.encode("\u{3A9}\u{2126}").tokens == [0, 1])
    let words = Vocabulary(text: "caf\u{E9} cafe\u{301}", unit: .word)
    let text = "cafe\u{301} caf\u{E9}"
    #expect(same(words.decode(words.encode(text).tokens), text))
  }

  @Test(arguments: [
    ("é", "e"), ("É", "e"), ("ﬁ", "fi"), ("ß", "ss"), ("“", "\""), ("’", "'"), ("—", "-"),
    ("…", "..."), ("\u{A0}", " "), ("\t", " "), ("E", "e"), ("ø", "o"), ("Ø", "o"), ("☃", ""),
    ("漢", ""), ("\0", ""), ("\u{301}", ""), ("²", ""), ("Ⅳ", "iv"),
  ])
  func encodeReplacesWhatIsMissing(symbol: String, replacement: String) {
    let vocabulary = Vocabulary(text: "abcdefghijklmnopqrstuvwxyz .,'\"-\n", unit: .character)
    let encoding = vocabulary.encode("a" + symbol + "b")
    #expect(vocabulary.decode(encoding.tokens) == "a" + replacement + "b")
    let all = encoding.replaced + encoding.leftOut
    #expect(all == [Substitution(symbol: symbol, replacement: replacement, count: 1)])
  }

  @Test func encodePrefersThePlainFormThenTheBaseLetterThenTheOtherCase() {
    #expect(Vocabulary(text: "eÉ", unit: .character).encode("é").replaced.first?.replacement == "e")
    #expect(Vocabulary(text: "É", unit: .character).encode("é").replaced.first?.replacement == "É")
    #expect(Vocabulary(text: "E", unit: .character).encode("é").replaced.first?.replacement == "E")
  }

  @Test func explanationIsOneSentence() {
    let vocabulary = Vocabulary(text: "aeb ", unit: .character)
    #expect(
      vocabulary.encode("éé☃a☃\u{7}").explanation
        == "Not in the vocabulary: read ‘é’ as ‘e’ (2 times); left out ‘☃’ (2 times), U+0007.")
    let words = Vocabulary(text: "a b", unit: .word)
    #expect(
      words.encode("a zebra").explanation
        == "Not in the vocabulary: took as unknown words ‘zebra’.")
  }

  @Test func equalVocabulariesHoldTheSameScalars() {
    #expect(Vocabulary(text: "ab", unit: .character) == Vocabulary(text: "ba", unit: .character))
    #expect(Vocabulary(characters: ["\u{2126}"]) != Vocabulary(characters: ["\u{3A9}"]))
    #expect(Vocabulary(text: "ab", unit: .word) != Vocabulary(text: "ab", unit: .character))
  }

  @Test(arguments: Vocabulary.Unit.allCases)
  func codableReturnsTheSameVocabulary(unit: Vocabulary.Unit) throws {
    var random = RandomText(seed: 3)
    for _ in 0..<50 {
      let vocabulary = Vocabulary(text: random.next(), unit: unit)
      let data = try JSONEncoder().encode(vocabulary)
      #expect(try JSONDecoder().decode(Vocabulary.self, from: data) == vocabulary)
    }
  }

  @Test(arguments: [
    #"{"unit":"char","tokens":["ab"]}"#, #"{"unit":"char","tokens":[""]}"#,
    #"{"unit":"char","tokens":["b","a"]}"#, #"{"unit":"char","tokens":["a","a"]}"#,
    #"{"unit":"word","tokens":["a"]}"#, #"{"unit":"word","tokens":["<unk>","<join>"," ",""]}"#,
    #"{"unit":"word","tokens":["<unk>","<join>"," ","a","a"]}"#, #"{"unit":"syllable"}"#,
    #"{"unit":"char"}"#,
  ])
  func decodingRefusesWhatIsNoVocabulary(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Vocabulary.self, from: Data(json.utf8))
    }
  }
}
