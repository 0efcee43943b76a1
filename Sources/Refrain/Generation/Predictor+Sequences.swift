/// A sequence that a decoder predicts.
public struct PredictedSequence: Equatable, Sendable {
  /// Without the token that ends it.
  public let tokens: [Int32]
  /// The natural logarithm of the probability of all of it, its end included.
  public let logProbability: Double
  /// False where it was given up before its end.
  public let hasEnded: Bool
}

extension Predictor {
  /// The sequences that a network with an encoder predicts after each input: the most probable first, at most
  /// `beam` of them. `[rows][beam]`
  ///
  /// With a beam of 1 it is the likeliest token every time; else the `beam` likeliest beginnings are followed
  /// side by side (Graves 2012).
  ///
  /// - Parameters:
  ///   - inputs: the rows.
  ///   - frames: what inputs are numbers of, for an encoder that reads frames.
  ///   - longest: tokens after which a sequence is given up.
  ///   - beam: how many sequences are followed side by side, 1 or more.
  public func sequences(
    answering inputs: RowSequences, frames: FrameTable? = nil, longest: Int, beam: Int = 1
  ) -> [[PredictedSequence]] {
    precondition(network.description.encoder != nil, "only a decoder predicts sequences")
    precondition(longest >= 1 && beam >= 1, "a sequence and a beam have a size of 1 or more")
    var answers = [[PredictedSequence]](repeating: [], count: inputs.count)
    for rows in inputs.groups(of: max(Self.mostSequences / beam, 1)) {
      let searches = search(inputs, rows, frames, longest: longest, beam: beam)
      for (row, search) in zip(rows, searches) { answers[row] = search.best }
    }
    return answers
  }

  /// The searches of rows that are read side by side, each as often as its beam is wide.
  private func search(
    _ inputs: RowSequences, _ rows: [Int], _ frames: FrameTable?, longest: Int, beam: Int
  ) -> [DecoderSearch] {
    let boundary = network.description.boundary
    let source = inputs.source(of: rows.flatMap { [Int](repeating: $0, count: beam) })
    let count = rows.count * beam
    let workspace = workspace(steps: 1, sourceSteps: source.steps, sequences: count)
    workspace.sourceFrames = frames
    var searches = rows.map { _ in DecoderSearch(beam: beam, boundary: boundary) }
    var batch = Batch(
      steps: 1, sequences: count, tokens: [Int32](repeating: boundary, count: count),
      targets: [Int32](repeating: Batch.uncounted, count: count), source: source)
    for _ in 0..<longest {
      workspace.forward(batch)
      batch.source = nil
      var origins: [Int] = []
      for i in searches.indices {
        let moved = searches[i].advance { workspace.logits(step: 0, sequence: i * beam + $0) }
        origins += moved.map { i * beam + $0 }
        for place in 0..<beam { batch.tokens[i * beam + place] = searches[i].token(place) }
      }
      if searches.allSatisfy(\.isDone) { break }
      workspace.reorder(origins)
    }
    return searches
  }
}

/// The search for the likeliest sequences of one row.
struct DecoderSearch {
  private let beam: Int
  private let boundary: Int32
  /// What is followed, the likeliest first; at most `beam`.
  private var open: [PredictedSequence]
  private var ended: [PredictedSequence] = []

  init(beam: Int, boundary: Int32) {
    self.beam = beam
    self.boundary = boundary
    open = [PredictedSequence(tokens: [], logProbability: 0, hasEnded: false)]
  }

  /// Whether nothing that is followed can become likelier than what has ended.
  var isDone: Bool {
    guard let best = open.first else { return true }
    return ended.count >= beam && ended[beam - 1].logProbability >= best.logProbability
  }

  /// The last token of what is followed at a place; any where nothing is.
  func token(_ place: Int) -> Int32 {
    place < open.count ? open[place].tokens.last ?? boundary : boundary
  }

  /// Goes on by one token, given the network's output at each place.
  ///
  /// - Returns: for each place, the one whose sequence goes on there.
  mutating func advance(_ logits: (_ place: Int) -> [Float]) -> [Int] {
    if isDone { return Array(0..<beam) }
    var candidates: [(place: Int, token: Int32, logProbability: Double)] = []
    for (place, sequence) in open.enumerated() {
      let logarithms = Self.logProbabilities(logits(place))
      // No more than this many of one beginning can be among the best.
      let best = logarithms.indices.sorted {
        (logarithms[$1], $0) < (logarithms[$0], $1)
      }.prefix(beam + 1)
      candidates += best.map {
        (place, Int32($0), sequence.logProbability + logarithms[$0])
      }
    }
    candidates.sort { ($1.logProbability, $0.place) < ($0.logProbability, $1.place) }
    var next: [PredictedSequence] = []
    var places: [Int] = []
    for (rank, candidate) in candidates.enumerated() where next.count < beam {
      let isEnd = candidate.token == boundary
      // What has ended counts where it is among the best now.
      if isEnd && rank >= beam { continue }
      let before = open[candidate.place].tokens
      let sequence = PredictedSequence(
        tokens: isEnd ? before : before + [candidate.token],
        logProbability: candidate.logProbability, hasEnded: isEnd)
      if isEnd {
        ended.append(sequence)
      } else {
        next.append(sequence)
        places.append(candidate.place)
      }
    }
    ended.sort { $0.logProbability > $1.logProbability }
    open = next
    return places + [Int](repeating: 0, count: beam - places.count)
  }

  /// The likeliest sequences; those that have ended before the others.
  var best: [PredictedSequence] { Array((ended + open).prefix(beam)) }

  /// The natural logarithms of the softmax.
  static func logProbabilities(_ logits: [Float]) -> [Double] {
    let largest = Double(logits.max() ?? 0)
    let sum = logits.reduce(0.0) { $0 + Double(exponential($1 - Float(largest))) }
    let shift = largest + naturalLogarithm(sum)
    return logits.map { Double($0) - shift }
  }
}
