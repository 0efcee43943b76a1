extension Predictor {
  /// One sequence after each input, drawn token by token: for what has many right answers. `[rows]`
  ///
  /// Each row draws from a stream of its own, so that the same seed gives the same answer to a row whatever the
  /// others are.
  ///
  /// - Parameters:
  ///   - inputs: the rows.
  ///   - frames: what inputs are numbers of, for an encoder that reads frames.
  ///   - longest: tokens after which a sequence is given up.
  ///   - sampler: how a token is drawn.
  ///   - seed: what the drawing depends on, besides the row's place.
  public func sequences(
    drawnFor inputs: RowSequences, frames: FrameTable? = nil, longest: Int, by sampler: Sampler,
    seed: UInt64
  ) -> [PredictedSequence] {
    precondition(network.description.encoder != nil, "only a decoder predicts sequences")
    precondition(longest >= 1, "a sequence has a size of 1 or more")
    var answers = [PredictedSequence?](repeating: nil, count: inputs.count)
    for rows in inputs.groups(of: Self.mostSequences) {
      let drawn = draw(inputs, rows, frames, longest: longest, sampler, seed)
      for (row, sequence) in zip(rows, drawn) { answers[row] = sequence }
    }
    return answers.compactMap(\.self)
  }

  private func draw(
    _ inputs: RowSequences, _ rows: [Int], _ frames: FrameTable?, longest: Int,
    _ sampler: Sampler, _ seed: UInt64
  ) -> [PredictedSequence] {
    let boundary = network.description.boundary
    let source = inputs.source(of: rows)
    let workspace = workspace(steps: 1, sourceSteps: source.steps, sequences: rows.count)
    workspace.sourceFrames = frames
    var drawings = rows.map { row in
      DrawnSequence(
        random: RandomStream(
          seed: seed, purpose: .sampling, lane: UInt32(truncatingIfNeeded: row)))
    }
    var batch = Batch(
      steps: 1, sequences: rows.count, tokens: [Int32](repeating: boundary, count: rows.count),
      targets: [Int32](repeating: Batch.uncounted, count: rows.count), source: source)
    var scratch = SamplingScratch()
    for _ in 0..<longest {
      workspace.forward(batch)
      batch.source = nil
      for place in drawings.indices where !drawings[place].hasEnded {
        let logits = workspace.logits(step: 0, sequence: place)
        batch.tokens[place] = drawings[place].advance(logits, boundary, sampler, &scratch)
      }
      if drawings.allSatisfy(\.hasEnded) { break }
    }
    return drawings.map {
      PredictedSequence(
        tokens: $0.tokens, logProbability: $0.logProbability, hasEnded: $0.hasEnded)
    }
  }
}

/// A sequence while it is drawn.
private struct DrawnSequence {
  var random: RandomStream
  private(set) var tokens: [Int32] = []
  private(set) var logProbability = 0.0
  private(set) var hasEnded = false

  init(random: RandomStream) { self.random = random }

  /// Draws the next token.
  mutating func advance(
    _ logits: [Float], _ boundary: Int32, _ sampler: Sampler, _ scratch: inout SamplingScratch
  ) -> Int32 {
    let recent = tokens
    let token = sampler.draw(
      logits: logits.span, recent: recent.span, uniform: random.uniformDouble(),
      scratch: &scratch)
    logProbability += DecoderSearch.logProbabilities(logits)[Int(token)]
    hasEnded = token == boundary
    if !hasEnded { tokens.append(token) }
    return token
  }
}
