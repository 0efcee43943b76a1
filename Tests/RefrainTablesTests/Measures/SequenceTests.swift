import Refrain
import RefrainTables
import Testing

struct SequenceTests {
  /// The definition, as it stands in the books: exponential, for short sequences.
  private func naiveDistance(_ a: ArraySlice<Int>, _ b: ArraySlice<Int>) -> Int {
    guard let first = a.first, let second = b.first else { return a.count + b.count }
    let replaced = naiveDistance(a.dropFirst(), b.dropFirst()) + (first == second ? 0 : 1)
    let inserted = naiveDistance(a, b.dropFirst()) + 1
    let removed = naiveDistance(a.dropFirst(), b) + 1
    return min(replaced, inserted, removed)
  }

  private func sequence(
    upTo length: Int, symbols: Int, _ random: inout RandomStream
  ) -> [Int] {
    (0..<Int.random(in: 0...length, using: &random)).map { _ in
      Int.random(in: 0..<symbols, using: &random)
    }
  }

  @Test func agreesWithTheDefinition() {
    var random = RandomStream(seed: 1, purpose: .noise)
    for _ in 0..<300 {
      let a = sequence(upTo: 6, symbols: 3, &random)
      let b = sequence(upTo: 6, symbols: 3, &random)
      #expect(EditDistance.between(a, b) == naiveDistance(a[...], b[...]))
    }
    #expect(EditDistance.between(Array("kitten"), Array("sitting")) == 3)
  }

  @Test func isADistance() {
    var random = RandomStream(seed: 2, purpose: .noise)
    for _ in 0..<100 {
      let a = sequence(upTo: 30, symbols: 4, &random)
      let b = sequence(upTo: 30, symbols: 4, &random)
      let c = sequence(upTo: 30, symbols: 4, &random)
      let ab = EditDistance.between(a, b)
      #expect(ab == EditDistance.between(b, a))
      #expect((ab == 0) == (a == b))
      #expect(ab <= max(a.count, b.count) && ab >= abs(a.count - b.count))
      #expect(EditDistance.between(a, c) <= ab + EditDistance.between(b, c))
    }
  }

  @Test func theNearestReferenceCounts() {
    var measures = SequenceMeasures()
    #expect(measures.errorRate == 0 && measures.exactMatchRate == 0)
    measures.add(["T", "AH"], references: [["T", "EH", "M"], ["T", "AH"]])
    #expect(measures.exactMatches == 1 && measures.referenceLength == 2)
    // Both are two edits away; the longer one counts.
    measures.add(
      ["T", "AH"], references: [["K"], ["T", "AH", "M", "S"], ["X", "Y", "Z", "W", "V"]])
    #expect(measures.edits == 2 && measures.referenceLength == 6)
    #expect(measures.errorRate == 1.0 / 3 && measures.exactMatchRate == 0.5)
    #expect(measures.count == 2)

    var empty = SequenceMeasures()
    empty.add([Int](), references: [[]])
    #expect(empty.errorRate == 0 && empty.exactMatchRate == 1)
    empty.add([1], references: [[]])
    #expect(empty.errorRate == .infinity)
  }

  @Test func elementsInStep() {
    var accuracy = TokenAccuracy()
    #expect(accuracy.value == 0 && accuracy.perfectShare == 0)
    accuracy.add(["NOUN", "VERB"], targets: ["NOUN", "NOUN"])
    accuracy.add(["DET", "NOUN"], targets: ["DET", "NOUN"])
    #expect(accuracy.count == 4 && accuracy.correct == 3 && accuracy.value == 0.75)
    #expect(accuracy.sequences == 2 && accuracy.perfectShare == 0.5)
  }
}
