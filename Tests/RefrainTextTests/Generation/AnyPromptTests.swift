import Refrain
import RefrainText
import TestSupport
import Testing

/// No prompt fails, whatever the model has learned from.
struct AnyPromptTests {
  private static let rounds = TestLength.count(short: 300, long: 2000)

  private func writer(_ vocabulary: Vocabulary) throws -> TextGenerator {
    let network = try Network(
      ModelDescription(
        input: .tokens(vocabulary.count), output: .softmax(vocabulary.count)
      ) { GRU(4) }, seed: 3)
    return try TextGenerator(
      Generator(network, threads: 1), vocabulary: vocabulary, sampler: Sampler(temperature: 1))
  }

  @Test(arguments: Vocabulary.TokenKind.allCases)
  func everyPromptIsGoneOnFrom(_ tokenKind: Vocabulary.TokenKind) throws {
    let letters = "the quick brown fox, it jumps.\nOver \"lazy\" dogs"
    let vocabulary = Vocabulary(text: letters, tokenKind: tokenKind)
    let writer = try writer(vocabulary)
    var prompts = RandomText(seed: 21)
    for round in 0..<Self.rounds {
      let prompt = prompts.next()
      let start = writer.start(prompt)
      #expect(!start.tokens.isEmpty)
      #expect(start.tokens.allSatisfy { (0..<Int32(vocabulary.count)).contains($0) })
      var random = RandomStream(seed: UInt64(round), purpose: .sampling)
      var drawn = 0
      let count = writer.write(prompt: prompt, length: 4, using: &random) { piece in
        drawn += piece.isEmpty ? 0 : 1
        return true
      }
      #expect(count == 4 && drawn > 0, "\(prompt.debugDescription)")
    }
  }

  /// What a vocabulary lacks becomes what the encoding says of it, and nothing else changes.
  @Test func whatChangesIsSaid() {
    let vocabulary = Vocabulary(
      text: "abcdefghijklmnopqrstuvwxyz .,'\"-()\n", tokenKind: .character)
    var texts = RandomText(seed: 22)
    for _ in 0..<Self.rounds {
      let text = texts.next()
      let encoding = vocabulary.encode(text)
      var said: [String: String] = [:]
      for change in encoding.replaced + encoding.leftOut {
        said[change.symbol] = change.replacement
      }
      var expected = String.UnicodeScalarView()
      for scalar in text.unicodeScalars {
        let symbol = String(Character(scalar))
        expected.append(contentsOf: (said[symbol] ?? symbol).unicodeScalars)
      }
      let decoded = vocabulary.decode(encoding.tokens)
      #expect(same(decoded, String(expected)), "\(text.debugDescription)")
      #expect((encoding.explanation == nil) == same(decoded, text) || said["\t"] != nil)
    }
  }

  /// What is not to be seen in a terminal does not get there by way of a sentence about a prompt.
  @Test(arguments: Vocabulary.TokenKind.allCases)
  func explanationsAreSentences(_ tokenKind: Vocabulary.TokenKind) throws {
    let writer = try writer(Vocabulary(text: "a b", tokenKind: tokenKind))
    var prompts = RandomText(seed: 23)
    for _ in 0..<Self.rounds {
      guard let explanation = writer.start(prompts.next()).explanation else { continue }
      #expect(ForeignReading.fault(ofSentence: explanation) == nil)
    }
  }
}
