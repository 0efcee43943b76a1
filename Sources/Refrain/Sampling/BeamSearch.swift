/// Looks for the most probable continuation, instead of drawing one.
///
/// The `width` best beginnings are kept at every step; each is extended by every token, and the best
/// `width` of all extensions go on. Width 1 is the greedy choice; a width that holds all paths finds
/// the best one. Nothing is left to chance: of equally good beginnings the one whose tokens
/// came first wins.
public struct BeamSearch {
  /// How many beginnings are kept, 1 or more.
  public let width: Int
  /// The greatest number of tokens in a result, 1 or more.
  public let length: Int
  /// The exponent `a` in `score = log-probability / tokens^a`, from 0 to 4: at 0 the plain
  /// log-probability, which favours short results; at 1 the mean per token.
  public let lengthPenalty: Float
  /// Whether a beginning is complete; it then leaves the beam and becomes a result. Results that
  /// never satisfy it are complete at ``length`` tokens.
  public let isComplete: ([Int32]) -> Bool

  /// A search with the given settings.
  public init(
    width: Int, length: Int, lengthPenalty: Float = 0,
    isComplete: @escaping ([Int32]) -> Bool = { _ in false }
  ) {
    precondition(width >= 1, "a beam holds at least one sequence")
    precondition(length >= 1, "a beam search finds at least one token")
    precondition((0...4).contains(lengthPenalty), "a length penalty is from 0 to 4")
    self.width = width
    self.length = length
    self.lengthPenalty = lengthPenalty
    self.isComplete = isComplete
  }

  /// A sequence that was found.
  public struct Result: Equatable, Sendable {
    /// The tokens, without the prompt.
    public let tokens: [Int32]
    /// The natural logarithm of the probability of all tokens together.
    public let logProbability: Double
    /// What results are ordered by; see ``BeamSearch/lengthPenalty``.
    public let score: Double
  }

  /// Searches on from a prompt that has been read.
  ///
  /// Logits that are not numbers, or minus infinity, are never followed; if a beginning has no other
  /// it is dropped.
  ///
  /// - Parameters:
  ///   - state: the model's state after the prompt; a value, whose copies do not share memory
  ///     that `step` changes.
  ///   - logits: `[V]`, of the token after the prompt.
  ///   - step: feeds one token to the model and returns the logits of the one after it.
  /// - Returns: at most ``width`` results, the best first; none only if no logit can be followed.
  /// - Throws: what `step` throws.
  public func search<State>(
    from state: State, logits: [Float], step: (inout State, Int32) throws -> [Float]
  ) rethrows -> [Result] {
    var beam = [Beginning(tokens: [], logProbability: 0, state: state, logits: logits)]
    var results: [Result] = []
    while !beam.isEmpty {
      var next: [Beginning<State>] = []
      for candidate in bestExtensions(of: beam) {
        let parent = beam[candidate.parent]
        let tokens = parent.tokens + [candidate.token]
        if tokens.count == length || isComplete(tokens) {
          keep(result(tokens, candidate.logProbability), in: &results)
        } else {
          next.append(
            Beginning(
              tokens: tokens, logProbability: candidate.logProbability, state: parent.state,
              logits: []))
        }
      }
      beam = next
      if cannotImprove(results, with: beam.first?.logProbability) { break }
      for i in beam.indices {
        beam[i].logits = try step(&beam[i].state, beam[i].tokens[beam[i].tokens.count - 1])
      }
    }
    return results
  }

  /// A sequence that is still being extended.
  private struct Beginning<State> {
    let tokens: [Int32]
    let logProbability: Double
    var state: State
    var logits: [Float]
  }

  /// A beginning of the beam and one more token.
  private struct Candidate {
    let parent: Int
    let token: Int32
    let logProbability: Double
  }

  /// The best `width` extensions of the whole beam, best first.
  private func bestExtensions<State>(of beam: [Beginning<State>]) -> [Candidate] {
    var all: [Candidate] = []
    for (parent, beginning) in beam.enumerated() {
      let logits = beginning.logits
      // Sorting tokens by logit, not by sum, keeps the greedy order where a sum would round it away.
      let ranked = logits.indices.filter { logits[$0] > -.infinity }
        .sorted { (logits[$1], $0) < (logits[$0], $1) }
      guard let best = ranked.first else { continue }
      let greatest = min(logits[best], .greatestFiniteMagnitude)
      let total = ranked.reduce(0.0) { sum, token in
        sum + Double(exponential(min(logits[token], greatest) - greatest))
      }
      let logTotal = naturalLogarithm(total)
      for token in ranked.prefix(width) {
        let logit = Double(min(logits[token], greatest)) - Double(greatest)
        all.append(
          Candidate(
            parent: parent, token: Int32(token),
            logProbability: beginning.logProbability + (logit - logTotal)))
      }
    }
    // The standard sort is stable: equals stay in the order of beam and token.
    all.sort { $0.logProbability > $1.logProbability }
    return Array(all.prefix(width))
  }

  private func result(_ tokens: [Int32], _ logProbability: Double) -> Result {
    Result(
      tokens: tokens, logProbability: logProbability,
      score: logProbability * lengthFactor(tokens.count))
  }

  /// `tokens^-lengthPenalty`.
  private func lengthFactor(_ tokens: Int) -> Double {
    Double(exponential(-lengthPenalty * Float(naturalLogarithm(Double(tokens)))))
  }

  /// Puts a result in its place among the best `width`.
  private func keep(_ result: Result, in results: inout [Result]) {
    let place = results.firstIndex { $0.score < result.score } ?? results.count
    results.insert(result, at: place)
    if results.count > width { results.removeLast() }
  }

  /// Whether no sequence that goes on can be as good as the worst result: a probability only falls,
  /// and the greatest length is the kindest divisor.
  private func cannotImprove(_ results: [Result], with best: Double?) -> Bool {
    guard let best, results.count == width else { return false }
    return best * lengthFactor(length) < results[width - 1].score
  }
}
