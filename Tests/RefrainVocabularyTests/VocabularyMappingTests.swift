import RefrainFiles
import Testing

import RefrainVocabulary

@Suite struct VocabularyMappingTests {
  @Test func sharedSymbolsKeepTheirRows() throws {
    let old = Vocabulary(text: "abcd", tokenKind: .character)
    let mapping = try VocabularyMapping(
      from: old, to: Vocabulary(text: "bcé", tokenKind: .character))
    #expect(mapping.vocabulary.tokens == ["b", "c", "é"])
    #expect(mapping.sources == [1, 2, nil])
    #expect(mapping.targets == [nil, 0, 1, nil])
    #expect(mapping.added == ["é"])
    #expect(mapping.dropped == ["a", "d"])
    #expect(
      mapping.explanation
        == "Of the 3 tokens 2 keep what the model has learned; 1 begin untrained (‘é’), "
        + "2 that the text lacks are dropped (‘a’, ‘d’).")
  }

  @Test func extendedKeepsAll() throws {
    let mapping = try Vocabulary(text: "ac", tokenKind: .character)
      .extended(with: Vocabulary(text: "bc", tokenKind: .character))
    #expect(mapping.vocabulary.tokens == ["a", "b", "c"])
    #expect(mapping.sources == [0, nil, 1])
    #expect(mapping.dropped.isEmpty)
    let words = try Vocabulary(text: "x y", tokenKind: .word)
      .extended(with: Vocabulary(text: "z y", tokenKind: .word))
    #expect(words.vocabulary.tokens == ["<unk>", "<join>", " ", "x", "y", "z"])
    #expect(words.targets == [0, 1, 2, 3, 4])
  }

  @Test(arguments: Vocabulary.TokenKind.allCases)
  func sameVocabularyMapsToItself(tokenKind: Vocabulary.TokenKind) throws {
    let vocabulary = Vocabulary(text: "the same text", tokenKind: tokenKind)
    let mapping = try VocabularyMapping(from: vocabulary, to: vocabulary)
    #expect(mapping.sources == (0..<Int32(vocabulary.count)).map { $0 })
    #expect(mapping.explanation == nil)
  }

  @Test func unitsMustAgree() {
    let error = #expect(throws: VocabularyError.self) {
      try VocabularyMapping(from: .bytes, to: Vocabulary(text: "a", tokenKind: .character))
    }
    #expect(
      error?.description
        == "The model's tokens are of the kind byte, not char: train with `tokens` byte to start "
        + "from it.")
  }
}
