import Refrain
import Testing

@Suite struct SamplerFilterTests {
  /// What the filters are defined to keep, by sorting everything.
  func naiveKept(_ p: [Float], topK: Int?, topP: Float?, minP: Float?) -> Set<Int> {
    var ranked = p.indices.sorted { (p[$1], $0) < (p[$0], $1) }
    if let topK { ranked = Array(ranked.prefix(topK)) }
    if let topP {
      let mass = ranked.reduce(0.0) { $0 + Double(p[$1]) }
      var sum = 0.0
      var kept: [Int] = []
      for token in ranked where kept.isEmpty || sum < Double(topP) * mass {
        kept.append(token)
        sum += Double(p[token])
      }
      ranked = kept
    }
    if let minP { ranked = ranked.filter { p[$0] >= minP * p[ranked[0]] } }
    return Set(ranked)
  }

  @Test func filtersKeepWhatTheyAreDefinedToKeep() throws {
    var stream = RandomStream(seed: 11, purpose: .sampling)
    for _ in 0..<2_000 {
      // Few different logits make many ties.
      let logits = (0..<Int.random(in: 1...60, using: &stream)).map { _ in
        Float(Int.random(in: -6...0, using: &stream))
      }
      let topK = [nil, 1, 3, 7, 100].randomElement(using: &stream)!
      let topP = [nil, 0.01, 0.3, 0.77, 0.95].randomElement(using: &stream)! as Float?
      let minP = [nil, 0, 0.03, 0.2, 1].randomElement(using: &stream)! as Float?
      let plain = try Sampler().probabilities(logits)
      let found = try Sampler(topK: topK, topP: topP, minP: minP)
        .probabilities(logits)
      let kept = naiveKept(plain, topK: topK, topP: topP, minP: minP)
      #expect(Set(found.indices.filter { found[$0] > 0 }) == kept)
      let mass = kept.reduce(0.0) { $0 + Double(plain[$1]) }
      for token in kept {
        #expect(abs(Double(found[token]) - Double(plain[token]) / mass) < 1e-6)
      }
    }
  }

  @Test func filtersThatKeepEverythingChangeNoDraw() throws {
    var stream = RandomStream(seed: 12, purpose: .sampling)
    var scratch = SamplingScratch()
    let open = [
      try Sampler(topK: 80), try Sampler(topP: 1), try Sampler(minP: 0),
      try Sampler(topK: 80, topP: 1, minP: 0),
    ]
    for _ in 0..<2_000 {
      let logits = randomLogits(&stream)
      let uniform = stream.uniformDouble()
      let plain = try Sampler().draw(logits, uniform: uniform, scratch: &scratch)
      for sampler in open {
        #expect(sampler.draw(logits, uniform: uniform, scratch: &scratch) == plain)
      }
    }
  }

  @Test func penaltyCountsATokenOnceAndOnlyInTheWindow() throws {
    let logits: [Float] = [2, -1, 1, 0]
    let sampler = try Sampler(repetitionPenalty: 2)
    let outside = [Int32](repeating: 2, count: 10)
    let recent = outside + (0..<Sampler.repetitionWindow).map { Int32($0 % 2) }
    let found = sampler.probabilities(logits, recent: recent)
    let expected = try Sampler().probabilities(
      [1, -2, 1, 0])
    #expect(found == expected)
  }

  @Test func withoutAnyNumberAllTokensThatMayBeDrawnAreEquallyLikely() throws {
    let logits: [Float] = [.nan, -.infinity, .nan, -.infinity]
    let sampler = try Sampler(excluded: [1])
    let third: Float = 1 / 3
    let found = sampler.probabilities(logits)
    #expect(found == [third, 0, third, third])
    #expect(
      try Sampler(temperature: 0, excluded: [0])
        .probabilities(logits) == [0, 1, 0, 0])
  }

  @Test func excludingEveryTokenIsAMistake() async {
    await #expect(processExitsWith: .failure) {
      _ = try Sampler(excluded: [0, 1])
        .probabilities([0, 1])
    }
  }
}
