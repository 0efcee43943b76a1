import Foundation
public import Refrain

/// An n-gram model with interpolated modified Kneser-Ney smoothing: what counting alone can predict.
///
/// A network that does not beat it has learned nothing that lasts longer than a few tokens. The
/// probability of a token after a context is
///
///     p(w | context) = (c - D(c)) / total + withheld / total · p(w | context without its first token)
///
/// down to the uniform distribution `1 / V` below the empty context, so that tokens never seen have
/// a probability too and all sum to 1. For the longest n-grams `c` is how often the n-gram occurred;
/// for shorter ones it is how many different tokens preceded it. Kneser and Ney 1995;
/// Chen and Goodman 1999.
///
/// A document begins with a mark that serves as context and is never predicted; no context reaches
/// into the document before.
///
/// Memory grows with the number of different n-grams, some 45 bytes each: a million characters make
/// 10 MB, four million words that follow one another at random, the worst case, 600 MB.
public struct KneserNeyModel: Sendable {
  /// How many tokens are read for training unless told otherwise.
  public static let defaultTokenLimit = 4_000_000

  /// Stands for the start of a document at the front of a context.
  public static let documentStart: Int32 = -1

  /// The length of the longest n-grams, the predicted token included.
  public let order: Int
  /// `V`: tokens are in `0..<V`.
  public let vocabularySize: Int

  /// At index `n` the n-grams of `n + 1` tokens.
  private var tables: [NgramTable]
  private var discounts: [Discounts]
  /// At index `n` what follows each context of `n` tokens.
  private var followers: [[Followers]]

  /// What follows a context.
  private struct Followers {
    /// The sum of the counts of all n-grams that begin with the context.
    var total = 0.0
    /// The part of `total` that discounting takes from them and gives to the shorter context.
    var withheld = 0.0
  }

  /// A model that has read nothing: every token is equally likely.
  ///
  /// - Parameters:
  ///   - order: from 1 to 16; 5 does well on characters and on words.
  ///   - vocabularySize: `V`, at least 1.
  public init(order: Int = 5, vocabularySize: Int) {
    precondition((1...16).contains(order), "an n-gram has 1 to 16 tokens")
    precondition(vocabularySize >= 1, "a vocabulary has at least one token")
    self.order = order
    self.vocabularySize = vocabularySize
    tables = Array(repeating: NgramTable(), count: order)
    discounts = []
    followers = []
    finish()
  }

  /// Reads the first `tokenLimit` tokens of a corpus and adds them to what was read before.
  ///
  /// - Throws: the corpus's error if it can no longer be read; what was read until then counts.
  public mutating func train(
    on corpus: some TokenCorpus, upTo tokenLimit: Int = KneserNeyModel.defaultTokenLimit
  ) throws {
    defer { finish() }
    var window = NgramWindow(order: order)
    var isFirst = true
    try corpus.forEachToken(in: 0..<max(0, min(tokenLimit, corpus.count))) { token, isStart in
      if isStart || isFirst {
        window.append(Self.documentStart)
        window.known.append(tables[0].insert(window.hashes[0], context: 0).index)
        isFirst = false
      }
      requireInVocabulary(token)
      window.append(token)
      count(&window)
    }
  }

  /// Counts the n-grams that end with the window's latest token.
  private mutating func count(_ window: inout NgramWindow) {
    let longest = window.hashes.count - 1
    for n in 0...longest {
      let context = n == 0 ? 0 : window.contexts[n - 1]
      let (index, isNew) = tables[n].insert(window.hashes[n], context: context)
      // A new n-gram is one more way to precede the n-gram without its first token.
      if n > 0 && isNew { tables[n - 1].increment(window.known[n - 1]) }
      window.known.append(index)
    }
    // Nothing precedes these: the longest kind, and those that begin with a document.
    if longest + 1 == order || window.reachesStart {
      tables[longest].increment(window.known[longest])
    }
  }

  /// Estimates the discounts and sums up what follows every context.
  private mutating func finish() {
    discounts = tables.map { Discounts(counts: $0.counts) }
    followers = tables.indices.map { n in
      // The empty context is the only one without tokens; every unigram names it as its index 0.
      let contexts = n == 0 ? 1 : tables[n - 1].count
      var sums = [Followers](repeating: Followers(), count: contexts)
      for (count, context) in zip(tables[n].counts, tables[n].contexts) {
        sums[Int(context)].total += Double(count)
        sums[Int(context)].withheld += discounts[n][count]
      }
      return sums
    }
  }

  /// The probability of a token after a context.
  ///
  /// - Parameters:
  ///   - token: in `0..<V`.
  ///   - context: the tokens before, the latest last, of any length; ``documentStart`` may stand at
  ///     the front. Without it the context is taken as cut out of a longer text.
  /// - Returns: above 0, at most 1; the probabilities of all tokens sum to 1.
  public func probability(of token: Int32, after context: [Int32]) -> Double {
    var window = NgramWindow(order: order)
    for earlier in context.suffix(order) {
      window.append(earlier)
      _ = probability(&window)
    }
    requireInVocabulary(token)
    window.append(token)
    return probability(&window)
  }

  /// The probability of the window's latest token.
  private func probability(_ window: inout NgramWindow) -> Double {
    var probability = 1 / Double(vocabularySize)
    for n in window.hashes.indices {
      // A longer n-gram is known only if this one is.
      let index = window.known.count == n ? tables[n].index(of: window.hashes[n]) : nil
      if let index { window.known.append(index) }
      // A context that is not known adds nothing, and no longer one is known then.
      guard n <= window.contexts.count else { break }
      let following = followers[n][n == 0 ? 0 : Int(window.contexts[n - 1])]
      guard following.total > 0 else { continue }
      let count = index.map { tables[n].counts[Int($0)] } ?? 0
      let kept = Double(count) - discounts[n][count]
      probability = (kept + following.withheld * probability) / following.total
    }
    return probability
  }

  /// What the model makes of a text: the sum of the negative logarithms of the probabilities.
  ///
  /// Tokens before `start` serve as context but are not counted.
  ///
  /// - Parameters:
  ///   - corpus: tokens in `0..<V`.
  ///   - start: the first token that counts, in `0...corpus.count`.
  ///   - limit: the greatest number of tokens that are read from there.
  ///   - countsStarts: whether the first token of a document counts.
  /// - Returns: the sum in nats, and the number of tokens that it is over.
  /// - Throws: the corpus's error if it can no longer be read.
  public func negativeLogLikelihood(
    of corpus: some TokenCorpus, from start: Int = 0,
    limit: Int = KneserNeyModel.defaultTokenLimit, countsStarts: Bool = true
  ) throws -> (nats: Double, tokens: Int) {
    precondition((0...corpus.count).contains(start), "an evaluation starts inside its corpus")
    let end = start + max(0, min(limit, corpus.count - start))
    var window = NgramWindow(order: order)
    var nats = 0.0
    var counted = 0
    var position = max(0, start - order)
    try corpus.forEachToken(in: position..<end) { token, isStart in
      if isStart {
        window.append(Self.documentStart)
        _ = probability(&window)
      }
      requireInVocabulary(token)
      window.append(token)
      let probability = probability(&window)
      if position >= start && (countsStarts || !isStart) {
        nats -= log(probability)
        counted += 1
      }
      position += 1
    }
    return (nats, counted)
  }

  private func requireInVocabulary(_ token: Int32) {
    precondition(token >= 0 && token < vocabularySize, "a token is in the model's vocabulary")
  }
}
