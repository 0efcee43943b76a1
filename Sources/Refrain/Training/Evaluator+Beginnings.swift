extension Evaluator {
  /// Tokens of a text that ``evaluateBeginnings(of:)`` counts at most.
  public static let beginningLength = 200
  /// Texts at most.
  private static let mostBeginnings = 256
  /// Tokens that are looked through for the place of each.
  private static let longestSearch = 4096

  /// The loss on the first ``beginningLength`` tokens of texts that a network begins with an empty state, as
  /// when it generates: at places from everywhere in the corpus after which texts may begin.
  ///
  /// - Returns: nil where the corpus has no such place (``TokenCorpus/beginning``).
  /// - Throws: what reading the corpus throws.
  public func evaluateBeginnings(of corpus: some TokenCorpus) throws -> Evaluation? {
    let places = try Self.beginnings(of: corpus)
    if places.isEmpty { return nil }
    var sum = (nats: 0.0, tokens: 0)
    for first in stride(from: 0, to: places.count, by: Self.mostStreams) {
      let ranges = places[first..<min(first + Self.mostStreams, places.count)].map {
        (range: $0..<min($0 + Self.beginningLength, corpus.count - 1), warmUp: 0)
      }
      let part = try loss(of: corpus, in: ranges) {}
      sum = (sum.nats + part.nats, sum.tokens + part.tokens)
    }
    return Evaluation(loss: sum.nats / Double(max(sum.tokens, 1)), tokens: sum.tokens)
  }

  /// In each of so many equal parts of a corpus, the first place after which a text may begin.
  private static func beginnings(of corpus: some TokenCorpus) throws -> [Int] {
    guard let beginning = corpus.beginning else { return [] }
    let count = max(1, min(mostBeginnings, corpus.count / (2 * beginningLength)))
    return try (0..<count).compactMap { number in
      let first = corpus.count * number / count
      let end = min(corpus.count * (number + 1) / count, first + longestSearch, corpus.count - 1)
      let place = try tokens(of: corpus, in: first..<max(first, end)).firstIndex(of: beginning)
      return place.map { first + $0 }
    }
  }
}
