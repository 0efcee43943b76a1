import TestSupport
import Testing

import RefrainVocabulary

@Suite struct WordVocabularyTests {
  private func tokens(_ text: String) -> [String] {
    let vocabulary = Vocabulary(text: text, tokenKind: .word)
    return vocabulary.encode(text).tokens.map { vocabulary.tokens[Int($0)] }
  }

  @Test func usualSpacingTakesNoTokens() {
    #expect(
      tokens("First Citizen:\nSpeak, speak (now)! \"Don't wait,\" he said; it's 3.14.\n\nEnd")
        == [
          "First", "Citizen", ":", "\n", "Speak", ",", "speak", "(", "now", ")", "!", "\"",
          "Don't", "wait", ",", "\"", "he", "said", ";", "it's", "3.14", ".", "\n", "\n", "End",
        ])
    #expect(tokens("well-known—here") == ["well", "-", "known", "—", "here"])
  }

  @Test func unusualSpacingTakesTokens() {
    #expect(tokens("a  b") == ["a", "  ", "b"])
    #expect(tokens("f(x)") == ["f", "<join>", "(", "x", ")"])
    #expect(tokens("a ,b") == ["a", " ", ",", "<join>", "b"])
    #expect(tokens("\n    x ") == ["\n", "    ", "x", " "])
    #expect(tokens("a\tb") == ["a", "\t", "b"])
  }

  @Test func lineBreaksStayWhatTheyWere() {
    #expect(tokens("a\r\nb\rc\nd") == ["a", "\r\n", "b", "\r", "c", "\n", "d"])
  }

  @Test func rareWordsBecomeTheUnknownWord() {
    let text = "the cat and the dog and the bird"
    let vocabulary = Vocabulary(text: text, tokenKind: .word, minimumCount: 2)
    #expect(vocabulary.tokens == ["<unk>", "<join>", " ", "the", "and"])
    #expect(vocabulary.unknown == 0)
    let decoded = vocabulary.decode(vocabulary.encode(text).tokens)
    #expect(decoded == "the <unk> and the <unk> and the <unk>")
    let small = Vocabulary(text: text, tokenKind: .word, size: 4)
    #expect(small.tokens == ["<unk>", "<join>", " ", "the"])
  }

  @Test func spellingOfSpecialTokensInTextIsJustText() {
    let text = "<unk> and <join>"
    let vocabulary = Vocabulary(text: text, tokenKind: .word)
    #expect(!vocabulary.encode(text).tokens.contains(0))
    #expect(vocabulary.decode(vocabulary.encode(text).tokens) == text)
  }

  @Test func longWordsAreCut() {
    let word = String(repeating: "x", count: 1000)
    let vocabulary = Vocabulary(text: word, tokenKind: .word)
    #expect(vocabulary.tokens.allSatisfy { $0.count <= WordReader.longestWord })
    #expect(vocabulary.decode(vocabulary.encode(word).tokens) == word)
  }

  @Test func typographicVariantsOfKnownWordsAreKnown() {
    let vocabulary = Vocabulary(text: "don't \" stop", tokenKind: .word)
    let encoding = vocabulary.encode("don’t stop")
    #expect(vocabulary.decode(encoding.tokens) == "don't stop")
    #expect(encoding.replaced.map(\.symbol) == ["don’t"])
  }

  @Test func unknownPromptsAreNeverRefused() {
    var random = RandomText(seed: 5)
    let vocabulary = Vocabulary(text: "a small text", tokenKind: .word)
    for _ in 0..<500 {
      let tokens = vocabulary.encode(random.next()).tokens
      #expect(tokens.allSatisfy { (0..<Int32(vocabulary.count)).contains($0) })
    }
  }

  @Test func countingForgetsTheRarestWordsWhereThereAreTooMany() {
    var counts = WordCounts(capacity: 100)
    var text = "\n"
    for i in 0..<1000 { text += "often word\(i) often " }
    text.withUTF8 { _ = counts.count($0.span, isLast: true) }
    #expect(counts.distinct <= 100)
    #expect(counts.forgottenCount > 0)
    let vocabulary = counts.vocabulary(minimumCount: 2, size: nil)
    #expect(vocabulary.tokens == ["<unk>", "<join>", " ", "often", "\n"])
    #expect(vocabulary.encode("often often\n").tokens == [3, 3, 4])
  }
}
