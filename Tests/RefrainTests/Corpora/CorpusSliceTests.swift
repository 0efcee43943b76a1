import Refrain
import TestSupport
import Testing

@Suite struct CorpusSliceTests {
  private func read(
    _ corpus: some TokenCorpus, from position: Int = 0, piece: Int = 3
  ) throws -> ([Int32], [Bool]) {
    var cursor = try corpus.cursor(at: position)
    var all: ([Int32], [Bool]) = ([], [])
    while true {
      var tokens = [Int32](repeating: -1, count: piece)
      var starts = [Bool](repeating: true, count: piece)
      var tokenSpan = tokens.mutableSpan
      var startSpan = starts.mutableSpan
      let count = try cursor.read(into: &tokenSpan, starts: &startSpan)
      all.0 += tokens.prefix(count)
      all.1 += starts.prefix(count)
      if count < piece { return all }
    }
  }

  @Test func sliceReadsItsRangeAndStartsADocument() throws {
    let corpus = InMemoryCorpus(tokens: Array(0..<10), documentStarts: [0, 5])
    let slice = corpus[3..<8]
    #expect(slice.count == 5)
    let (tokens, starts) = try read(slice)
    #expect(tokens == [3, 4, 5, 6, 7])
    #expect(starts == [true, false, true, false, false])
    let (rest, restStarts) = try read(slice, from: 1)
    #expect(rest == [4, 5, 6, 7])
    #expect(restStarts == [false, true, false, false])
    #expect(try read(slice, from: 5).0 == [])
    #expect(try read(slice[1..<3]).0 == [4, 5])
    #expect(try read(slice[1..<3]).1 == [true, true])
  }

  @Test func trainingAndValidationNeverOverlap() throws {
    var random = SystemlessGenerator(state: 3)
    for _ in 0..<1000 {
      let count = Int.random(in: 0...60, using: &random)
      let fraction = Double.random(in: 0..<1, using: &random)
      let corpus = InMemoryCorpus(tokens: (0..<Int32(count)).map { $0 })
      let (training, validation) = corpus.split(validationFraction: fraction)
      let seen = try read(training, piece: Int.random(in: 1...7, using: &random)).0
      let held = try validation.map { try read($0).0 } ?? []
      #expect(Set(seen).isDisjoint(with: held))
      #expect(seen + held == (0..<Int32(count)).map { $0 })
      #expect(validation.map { $0.count >= 2 && training.count >= 2 } ?? true)
    }
  }

  @Test func splitTakesTheTail() {
    let corpus = InMemoryCorpus(tokens: Array(0..<100))
    let (training, validation) = corpus.split(validationFraction: 0.1)
    #expect(training.range == 0..<90)
    #expect(validation?.range == 90..<100)
    #expect(corpus.split(validationFraction: 0).validation == nil)
    #expect(InMemoryCorpus(tokens: [1, 2, 3]).split(validationFraction: 0.5).validation == nil)
  }
}
