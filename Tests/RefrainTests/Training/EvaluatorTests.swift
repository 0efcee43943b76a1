import Refrain
import TestSupport
import Testing

extension TrainingTests {
  @Suite("Evaluator")
  struct EvaluatorTests {
    private func reference(_ layers: [ReferenceLayer<Double>]) -> ReferenceNetwork<Double> {
      var random = ReferenceRandom(seed: 5)
      return .random(vocabulary: TrainingTests.vocabulary, layers: layers, using: &random)
    }

    /// The loss in nats per counted token, read as one long sequence.
    private func plainLoss(
      _ reference: ReferenceNetwork<Double>, _ tokens: [Int32], _ documents: [Int]
    ) -> Double {
      let inputs = tokens.indices.dropLast()
      let batch = ReferenceBatch(
        steps: inputs.count, sequences: 1, tokens: Array(tokens.dropLast()),
        targets: inputs.map { documents.contains($0 + 1) ? -1 : tokens[$0 + 1] },
        starts: inputs.map { documents.contains($0) })
      return reference.use(batch, from: reference.zeroState(sequences: 1)).loss
    }

    @Test(arguments: [2, 3, 63, 64, 65, 130, 500], [[0], [0, 1, 2, 30, 64, 65]])
    func shortTextIsReadAsOne(_ count: Int, _ documents: [Int]) throws {
      let documents = documents.filter { $0 < count - 1 }
      let reference = reference([.lstm(hidden: 6), .gru(hidden: 4)])
      let tokens = TrainingTests.tokens(count)
      let corpus = InMemoryCorpus(tokens: tokens, documentStarts: documents)
      let found = try Evaluator(fastNetwork(reference), threads: 1).evaluate(corpus)
      #expect(found.tokens == count - documents.count)
      #expect(relativeError([found.loss], [plainLoss(reference, tokens, documents)]) < 1e-5)
    }

    /// Streams that begin in the middle have read a hundred tokens before they count.
    @Test func longTextIsNearlyReadAsOne() throws {
      let reference = reference([.lstm(hidden: 6)])
      let tokens = TrainingTests.tokens(5000)
      let documents = [0, 900, 901, 4000]
      let corpus = InMemoryCorpus(tokens: tokens, documentStarts: documents)
      let found = try Evaluator(fastNetwork(reference), threads: 2).evaluate(corpus)
      #expect(found.tokens == 5000 - documents.count)
      #expect(relativeError([found.loss], [plainLoss(reference, tokens, documents)]) < 1e-4)
    }

    /// Two places per part of four hundred tokens at most: the first counts.
    @Test(arguments: [1, 2]) func textsBeginWithAnEmptyState(threads: Int) throws {
      let reference = reference([.lstm(hidden: 6), .gru(hidden: 4)])
      var tokens = TrainingTests.tokens(1700).map { $0 == 1 ? 2 : $0 }
      for place in [30, 90, 500, 1650] { tokens[place] = 1 }
      let corpus = InMemoryCorpus(tokens: tokens, beginning: 1)
      let found = try Evaluator(fastNetwork(reference), threads: threads)
        .evaluateBeginnings(of: corpus)
      // The last text has 49 tokens to predict; the third part of the corpus has no beginning.
      let texts = [(30, 200), (500, 200), (1650, 49)]
      let nats = texts.reduce(0.0) { sum, text in
        let part = Array(tokens[text.0...text.0 + text.1])
        return sum + plainLoss(reference, part, [0]) * Double(text.1)
      }
      #expect(found?.tokens == 449)
      #expect(relativeError([try #require(found).loss], [nats / 449]) < 1e-5)
    }

    @Test func noPlaceNoBeginnings() throws {
      let evaluator = Evaluator(try TrainingTests.network(), threads: 1)
      let tokens = TrainingTests.tokens(900).map { $0 == 1 ? 2 : $0 }
      #expect(try evaluator.evaluateBeginnings(of: InMemoryCorpus(tokens: tokens)) == nil)
      let without = InMemoryCorpus(tokens: tokens, beginning: 1)
      #expect(try evaluator.evaluateBeginnings(of: without) == nil)
    }

    /// Streams begin to read where a text may begin; those counted are the same.
    @Test func streamsWarmUpFromABeginning() throws {
      let reference = reference([.lstm(hidden: 6)])
      var tokens = TrainingTests.tokens(5000).map { $0 == 1 ? 2 : $0 }
      for place in stride(from: 0, to: 5000, by: 90) { tokens[place] = 1 }
      let evaluator = try Evaluator(fastNetwork(reference), threads: 2)
      let found = try evaluator.evaluate(InMemoryCorpus(tokens: tokens, beginning: 1))
      #expect(found.tokens == 4999)
      #expect(relativeError([found.loss], [plainLoss(reference, tokens, [0])]) < 1e-4)
    }

    @Test func aLimitIsAShorterText() throws {
      let evaluator = Evaluator(try TrainingTests.network(), threads: 1)
      let tokens = TrainingTests.tokens(900)
      let limited = try evaluator.evaluate(InMemoryCorpus(tokens: tokens), limit: 700)
      #expect(try evaluator.evaluate(InMemoryCorpus(tokens: Array(tokens[..<700]))) == limited)
      #expect(limited.tokens == 699)
    }

    /// One evaluation leaves nothing behind for the next.
    @Test func evaluationsRepeat() throws {
      let evaluator = Evaluator(try TrainingTests.network(), threads: 1)
      let corpus = TrainingTests.walk(700)
      let first = try evaluator.evaluate(corpus)
      _ = try evaluator.evaluate(TrainingTests.walk(40, seed: 2))
      #expect(try evaluator.evaluate(corpus) == first)
    }
  }
}
