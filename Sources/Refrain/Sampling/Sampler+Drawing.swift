extension Sampler {
  /// Draws one token.
  ///
  /// The token is the first one, in the order of the indices, at which the running sum of the
  /// probabilities exceeds `uniform`.
  ///
  /// Logits that are not numbers, or minus infinity, are never drawn, and plus infinity counts as
  /// the greatest finite number; if nothing drawable is left, all tokens that are not
  /// excluded count as equally likely. Only if every token is excluded is that the caller's mistake.
  ///
  /// - Parameters:
  ///   - logits: `[V]`, one per token of the vocabulary, at least one.
  ///   - recent: the tokens so far, the latest last; only the last ``repetitionWindow`` are looked
  ///     at, and only if there is a repetition penalty.
  ///   - uniform: a random number in `0..<1`, such as ``RandomStream/uniformDouble()``.
  ///   - scratch: memory to work in.
  /// - Returns: the index of the token.
  public func draw(
    logits: Span<Float>, recent: Span<Int32> = Span(), uniform: Double,
    scratch: inout SamplingScratch
  ) -> Int32 {
    precondition((0..<1).contains(uniform), "a token is drawn with a number in 0..<1")
    let total = weigh(logits, recent, in: &scratch)
    let weights = scratch.weights.span
    let target = uniform * total
    var sum = 0.0
    var last = 0
    for token in weights.indices where weights[token] > 0 {
      sum += Double(weights[token])
      if sum > target { return Int32(token) }
      last = token
    }
    // Reached only if rounding puts the target on the total itself.
    return Int32(last)
  }

  /// The probabilities that ``draw(logits:recent:uniform:scratch:)`` draws with, for looking at.
  ///
  /// - Returns: `[V]`, summing to 1; exactly 0 for a token that cannot be drawn.
  public func probabilities(logits: Span<Float>, recent: Span<Int32> = Span()) -> [Float] {
    var scratch = SamplingScratch(vocabularySize: logits.count)
    let total = weigh(logits, recent, in: &scratch)
    return scratch.weights.map { Float(Double($0) / total) }
  }

  /// Leaves every token's share of the draw in `scratch.weights`, the greatest being 1, and 0 for
  /// those that cannot be drawn; returns the sum of the shares.
  private func weigh(
    _ logits: Span<Float>, _ recent: Span<Int32>, in scratch: inout SamplingScratch
  ) -> Double {
    precondition(!logits.isEmpty, "a token is drawn from at least one logit")
    scratch.resize(to: logits.count)
    var weights = scratch.weights.mutableSpan
    adjust(logits, recent, into: &weights)
    var (best, bestToken) = greatest(of: weights)
    if best == -.infinity {
      levelAll(&weights)
      (best, bestToken) = greatest(of: weights)
    }
    if temperature == 0 {
      for token in weights.indices { weights[token] = 0 }
      weights[bestToken] = 1
      return 1
    }
    // A temperature so small that its inverse is infinite would make 0 · ∞ of the best token.
    let scale = min(1 / temperature, .greatestFiniteMagnitude)
    // Two loops: a sum has an order to keep, the powers have none and are taken several at a time.
    for token in 0..<weights.count {
      weights[token] = exponential((weights[token] - best) * scale)
    }
    var total = 0.0
    for token in 0..<weights.count { total += Double(weights[token]) }
    if topK == nil && topP == nil && minP == nil { return total }
    return filter(total: total, in: &scratch)
  }

  /// Writes the logits with the penalty applied, and minus infinity for tokens that cannot be drawn.
  private func adjust(
    _ logits: Span<Float>, _ recent: Span<Int32>, into weights: inout MutableSpan<Float>
  ) {
    for token in logits.indices {
      weights[token] = drawable(logits[token])
    }
    if repetitionPenalty != 1 {
      for i in max(0, recent.count - Self.repetitionWindow)..<recent.count {
        guard let token = Int(exactly: recent[i]), logits.indices.contains(token) else { continue }
        // Made of the network's logit each time, so that a repeated token is penalised once.
        let logit = drawable(logits[token])
        weights[token] = drawable(logit > 0 ? logit / repetitionPenalty : logit * repetitionPenalty)
      }
    }
    for token in excluded where logits.indices.contains(Int(token)) {
      weights[Int(token)] = -.infinity
    }
  }

  /// Makes all tokens that are not excluded equally likely.
  private func levelAll(_ weights: inout MutableSpan<Float>) {
    var anyLeft = false
    for token in weights.indices {
      let stays = !excluded.contains(Int32(token))
      weights[token] = stays ? 0 : -.infinity
      anyLeft = anyLeft || stays
    }
    precondition(anyLeft, "at least one token is not excluded")
  }
}

/// The logit, with not-a-number as minus infinity and plus infinity as the greatest finite number.
@inline(__always)
private func drawable(_ logit: Float) -> Float {
  logit > -.infinity ? min(logit, .greatestFiniteMagnitude) : -.infinity
}

/// The greatest value, none being not-a-number, and the first token that has it.
private func greatest(of weights: borrowing MutableSpan<Float>) -> (value: Float, token: Int) {
  var best = -Float.infinity
  var bestToken = 0
  for token in weights.indices where weights[token] > best {
    best = weights[token]
    bestToken = token
  }
  return (best, bestToken)
}
