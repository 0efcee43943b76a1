import Foundation
import Refrain
import RefrainText
import TestSupport
import Testing

@Suite struct KneserNeyModelTests {
  /// Documents in which some tokens are far likelier than others, and some never occur.
  func randomDocuments(_ stream: inout RandomStream, vocabularySize: Int) -> [[Int32]] {
    (0..<Int.random(in: 1...4, using: &stream)).map { _ in
      (0..<Int.random(in: 1...25, using: &stream)).map { _ in
        Int32(stream.uniform() * stream.uniform() * Float(vocabularySize - 1))
      }
    }
  }

  func corpus(_ documents: [[Int32]]) -> InMemoryCorpus {
    let starts = documents.indices.map { n in documents[..<n].reduce(0) { $0 + $1.count } }
    return InMemoryCorpus(tokens: Array(documents.joined()), documentStarts: starts)
  }

  @Test(arguments: [1, 2, 3, 5])
  func probabilitiesAreThoseOfTheDefinition(order: Int) throws {
    var stream = RandomStream(seed: 21, purpose: .noise, lane: UInt32(order))
    for _ in 0..<12 {
      let documents = randomDocuments(&stream, vocabularySize: 6)
      let naive = NaiveKneserNey(order: order, vocabularySize: 6, documents: documents)
      var model = KneserNeyModel(order: order, vocabularySize: 6)
      try model.train(on: corpus(documents))
      for _ in 0..<10 {
        var context = (0..<Int.random(in: 0...6, using: &stream)).map { _ in
          Int32.random(in: 0..<6, using: &stream)
        }
        if stream.uniform() < 0.3 { context = documents[0].prefix(context.count).map { $0 } }
        if stream.uniform() < 0.3 { context.insert(KneserNeyModel.documentStart, at: 0) }
        let token = Int32.random(in: 0..<6, using: &stream)
        let expected = naive.probability(of: token, after: context)
        #expect(abs(model.probability(of: token, after: context) - expected) < 1e-12)
      }
    }
  }

  @Test func probabilitiesSumToOneAfterSeenAndUnseenContexts() throws {
    var stream = RandomStream(seed: 22, purpose: .noise)
    for _ in 0..<200 {
      let documents = randomDocuments(&stream, vocabularySize: 9)
      var model = KneserNeyModel(vocabularySize: 9)
      try model.train(on: corpus(documents))
      for _ in 0..<10 {
        let seen = documents[0].prefix(Int.random(in: 0...6, using: &stream))
        let unseen = (0..<4).map { _ in Int32.random(in: 0..<9, using: &stream) }
        for context in [Array(seen), [KneserNeyModel.documentStart] + seen, unseen] {
          let all = (0..<9).map { model.probability(of: $0, after: context) }
          #expect(all.allSatisfy { $0 > 0 })
          #expect(abs(all.reduce(0, +) - 1) < 1e-12)
        }
      }
    }
  }

  @Test func tokensNeverSeenShareEqually() throws {
    var model = KneserNeyModel(order: 3, vocabularySize: 1 << 21)
    #expect(model.probability(of: 5, after: [1]) == 1 / Double(1 << 21))
    try model.train(on: corpus([[1, 2, 3, 1, 2, 4]]))
    let share = model.probability(of: 5, after: [1, 2])
    #expect(share > 0 && share < 1 / Double(1 << 21))
    #expect(model.probability(of: 1 << 20, after: [1, 2]) == share)
  }

  @Test func likelihoodIsThatOfTheProbabilitiesOneByOne() throws {
    var stream = RandomStream(seed: 23, purpose: .noise)
    for _ in 0..<200 {
      var model = KneserNeyModel(order: 4, vocabularySize: 7)
      try model.train(on: corpus(randomDocuments(&stream, vocabularySize: 7)))
      let documents = randomDocuments(&stream, vocabularySize: 7)
      var terms: [Double] = []
      for document in documents {
        for i in document.indices {
          let context = [KneserNeyModel.documentStart] + document[..<i]
          terms.append(-log(model.probability(of: document[i], after: context)))
        }
      }
      let start = Int.random(in: 0...terms.count, using: &stream)
      let limit = Int.random(in: 0...60, using: &stream)
      let found = try model.negativeLogLikelihood(
        of: corpus(documents), from: start, limit: limit)
      let counted = terms[start...].prefix(limit)
      #expect(found.tokens == counted.count)
      #expect(abs(found.nats - counted.reduce(0, +)) < 1e-9)
    }
  }

  @Test func trainingTwiceIsTrainingOnBoth() throws {
    let documents: [[Int32]] = [[0, 1, 2, 0, 1, 3, 0, 1], [2, 2, 1, 0, 1, 2], [3]]
    var once = KneserNeyModel(vocabularySize: 4)
    try once.train(on: corpus(documents))
    var twice = KneserNeyModel(vocabularySize: 4)
    try twice.train(on: corpus(Array(documents.prefix(1))))
    try twice.train(on: corpus(Array(documents.dropFirst())))
    for token in 0..<4 as Range<Int32> {
      #expect(
        once.probability(of: token, after: [0, 1]) == twice.probability(of: token, after: [0, 1]))
    }
  }

  @Test func trainReadsUpToItsLimit() throws {
    var limited = KneserNeyModel(vocabularySize: 4)
    try limited.train(on: corpus([[0, 1, 2, 3, 3, 3]]), upTo: 3)
    var whole = KneserNeyModel(vocabularySize: 4)
    try whole.train(on: corpus([[0, 1, 2]]))
    #expect(limited.probability(of: 3, after: [2]) == whole.probability(of: 3, after: [2]))
  }

  @Test func tokensOutsideOfTheVocabularyAreAMistake() async {
    await #expect(processExitsWith: .failure) {
      var model = KneserNeyModel(vocabularySize: 4)
      try model.train(on: InMemoryCorpus(tokens: [0, 4]))
    }
  }
}
