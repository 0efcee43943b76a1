import Refrain
import RefrainText
import Testing

struct TextGeneratorTests {
  private func generator(
    _ vocabulary: Vocabulary, _ sampler: Sampler? = nil, threads: Int = 1
  ) throws -> TextGenerator {
    let network = try Network(
      ModelDescription(
        input: .tokens(vocabulary.count), output: .softmax(vocabulary.count)
      ) { LSTM(12) }, seed: 7)
    // Larger weights than a network begins with: what has been read then makes a difference.
    for name in network.parameterNames {
      network.setValues(of: name, to: network.values(of: name).map { 6 * $0 })
    }
    return try TextGenerator(
      Generator(network, threads: threads), vocabulary: vocabulary,
      sampler: sampler ?? Sampler(temperature: 1))
  }

  private let letters = Vocabulary(text: "abcdefgh \n", tokenKind: .character)
  private var random: RandomStream { RandomStream(seed: 4, purpose: .sampling) }

  @Test(arguments: Vocabulary.TokenKind.allCases) func theSameSeedWritesTheSame(
    _ tokenKind: Vocabulary.TokenKind
  ) throws {
    let vocabulary = Vocabulary(text: "the sea, the sea.\nAh, “the” waves", tokenKind: tokenKind)
    var texts: [String] = []
    for threads in [1, 3] {
      let writer = try generator(vocabulary, threads: threads)
      for _ in 0..<2 {
        var random = random
        texts.append(try writer.text(prompt: "the ", length: 60, using: &random))
      }
    }
    #expect(Set(texts).count == 1 && !texts[0].isEmpty)
    #expect(!texts[0].contains("<unk>"))
    var other = RandomStream(seed: 5, purpose: .sampling)
    #expect(try generator(vocabulary).text(prompt: "the ", length: 60, using: &other) != texts[0])
  }

  @Test func theLengthIsThatOfTokens() throws {
    let writer = try generator(letters)
    for length in [1, 2, 40] {
      var random = random
      #expect(
        try writer.text(prompt: "ab", length: length, using: &random).unicodeScalars.count
          == length)
    }
    // Endless until its reader has enough.
    var random = random
    var pieces = 0
    let drawn = writer.write(prompt: "", length: 0, using: &random) { _ in
      pieces += 1
      return pieces < 2000
    }
    #expect(drawn == 2000 && pieces == 2000)
  }

  /// The space after the last word comes with the next one: whoever types it means the same.
  @Test func aPromptOfWordsMayEndInASpace() throws {
    let words = Vocabulary(text: "the sea, the sea.\nAh, “the” waves", tokenKind: .word)
    let writer = try generator(words)
    func text(_ prompt: String) throws -> String {
      var random = random
      return prompt + (try writer.text(prompt: prompt, length: 40, using: &random))
    }
    for prompt in ["the", "the sea", "Ah, “the”"] {
      let with = try text(prompt + " ")
      let without = try text(prompt)
      // Before a comma, the space that was typed stays.
      #expect(with == without || prompt + with.dropFirst(prompt.count + 1) == without)
      #expect(!with.hasPrefix(prompt + "  "))
    }
    #expect(writer.start("the ").tokens == writer.start("the").tokens)
    #expect(writer.start("the  ").tokens != writer.start("the").tokens)
    #expect(writer.start("the\n ").tokens != writer.start("the\n").tokens)
    let beams = [" ", ""].map { writer.beams(prompt: "the sea" + $0, length: 5, width: 3) }
    #expect(beams[0].map(\.logProbability) == beams[1].map(\.logProbability))
    #expect(beams[0].allSatisfy { !$0.text.hasPrefix(" ") })
  }

  @Test func noPromptFails() throws {
    let writer = try generator(letters)
    for prompt in ["", "É", "日本", "\u{0}", String(repeating: "abc", count: 500)] {
      var random = random
      #expect(try writer.text(prompt: prompt, length: 5, using: &random).count == 5)
    }
    #expect(writer.start("").tokens == [letters.index(of: "\n")])
    #expect(writer.start("").explanation == nil)
    let unknown = writer.start("日")
    #expect(unknown.tokens == [letters.index(of: "\n")] && unknown.explanation != nil)
    #expect(writer.start("cab").tokens == letters.encode("\ncab").tokens)
    #expect(writer.start("\ncab").tokens == letters.encode("\ncab").tokens)
    let bytes = try generator(.bytes)
    #expect(bytes.start("").tokens == [10])
    let bare = Vocabulary(text: "xyz", tokenKind: .character)
    #expect(try generator(bare).start("").tokens == [2])
    #expect(try generator(bare).start("zy").tokens == [2, 1])
    #expect(bare.beginning == nil && letters.beginning == letters.index(of: "\n"))
  }

  @Test func thePromptMatters() throws {
    let writer = try generator(letters)
    func text(_ prompt: String) throws -> String {
      var random = random
      return try writer.text(prompt: prompt, length: 50, using: &random)
    }
    #expect(try text("aaaa") != text("hhhh"))
    // What was written before is forgotten.
    let first = try text("abc")
    #expect(try text("abc") == first)
  }

  /// The text up to the stop is the text without one.
  @Test(arguments: Vocabulary.TokenKind.allCases) func theStopEndsTheText(
    _ tokenKind: Vocabulary.TokenKind
  ) throws {
    let vocabulary = Vocabulary(text: "a b c, d. e\nf g", tokenKind: tokenKind)
    let writer = try generator(vocabulary, Sampler(temperature: 0.5))
    func text(_ stop: String?) throws -> String {
      var random = random
      return try writer.text(prompt: "a", length: 300, stop: stop, using: &random)
    }
    let whole = Array(try text(nil).unicodeScalars)
    for start in [3, 20, 45] {
      let stop = Array(whole[start..<start + 3])
      let place = whole.indices.first { whole[$0...].starts(with: stop) }!
      var wanted = String.UnicodeScalarView()
      wanted.append(contentsOf: stop)
      let found = try text(String(wanted))
      #expect(Array(found.unicodeScalars) == Array(whole[..<place]))
    }
  }

  @Test func aBeamOfOneIsTheMostLikelyText() throws {
    let writer = try generator(letters, Sampler(temperature: 0))
    var random = random
    let greedy = try writer.text(prompt: "ab", length: 12, using: &random)
    let beams = writer.beams(prompt: "ab", length: 12, width: 1)
    #expect(beams.map(\.text) == [greedy])
    let wide = writer.beams(prompt: "ab", length: 12, width: 8)
    #expect(wide.count == 8 && Set(wide.map(\.text)).count == 8)
    #expect(wide[0].logProbability >= beams[0].logProbability)
    #expect(zip(wide, wide.dropFirst()).allSatisfy { $0.logProbability >= $1.logProbability })
  }

  @Test func beamsEndAtTheStop() throws {
    let writer = try generator(letters)
    let whole = writer.beams(prompt: "ab", length: 12, width: 1)[0].text
    let stop = String(whole.dropFirst(4).prefix(2))
    let beams = writer.beams(prompt: "ab", length: 12, width: 3, stop: stop)
    #expect(!beams.isEmpty && beams.allSatisfy { !$0.text.contains(stop) })
    let narrow = writer.beams(prompt: "ab", length: 12, width: 1, stop: stop)
    let place = whole.firstRange(of: stop)!
    #expect(narrow.map(\.text) == [String(whole[..<place.lowerBound])])
  }

  @Test func theUnknownWordIsNeverDrawn() throws {
    let vocabulary = Vocabulary(text: "a b c", tokenKind: .word, size: 4)
    let writer = try generator(vocabulary)
    var random = random
    #expect(try !writer.text(prompt: "a", length: 400, using: &random).contains("<unk>"))
    #expect(
      writer.beams(prompt: "a", length: 4, width: 4).allSatisfy { !$0.text.contains("<unk>") })
  }
}
