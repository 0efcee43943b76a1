/// The phases of a frame whose middle is where the sound is reflected: the first one.
///
/// What it holds reads the same forwards and backwards, so counted from its middle its spectrum is real,
/// and each phase is one of two: only signs are to be found. They are those for which the spectrum is
/// smooth from bin to bin, as it is where the window lets the sound begin and end softly: the sum of its
/// squared differences of some order is least. Of all 2^D choices the best is found bin by bin, with the
/// algorithm of Viterbi, *Error bounds for convolutional codes and an asymptotically optimum decoding
/// algorithm* (1967); the signs of the last bins are its state. The sign of the whole remains open: a
/// sound turned upside down has the same magnitudes.
struct MirroredFrame {
  /// The order of the differences, and how many signs a state holds.
  private let order: Int
  /// What a difference multiplies its values with, the latest of them first: 1, −4, 6, −4, 1.
  private let weights: [Float]
  /// The least cost of reaching each state; bit `j` is set where the value `j` bins back is negative.
  private var costs: [Float]
  /// For each bin, in which states the oldest sign of the best way there is negative. `[D]`
  private var choices: [UInt64]

  /// The phases of a frame with these magnitudes, in turns, as the transform counts them. `[D]`
  /// - Parameter order: The order of the differences, 2, 4 or 6.
  static func phases(of magnitudes: Span<Float>, order: Int) -> [Float] {
    var loudest: Float = 0
    for i in 0..<magnitudes.count { loudest = max(loudest, magnitudes[i]) }
    var values = [Float](repeating: 0, count: magnitudes.count)
    if loudest.isNormal { for i in values.indices { values[i] = magnitudes[i] / loudest } }
    var isNegative = [Bool](repeating: false, count: values.count)
    if values.count > order {
      var search = MirroredFrame(values, order: order)
      for bin in order..<values.count { search.step(to: bin, values) }
      isNegative = search.signs()
    }
    // From the middle to the start of the transform it is half a turn for each bin.
    return isNegative.enumerated().map { wrapped(0.5 * Float(($0 + ($1 ? 1 : 0)) % 2)) }
  }

  /// The costs of the first signs. The spectrum is mirrored at 0 hertz, and so are the differences around
  /// the lowest bins.
  private init(_ values: [Float], order: Int) {
    precondition((2...6).contains(order) && order.isMultiple(of: 2))
    self.order = order
    var weights: [Float] = [1]
    for _ in 0..<order { weights = zip(weights + [0], [0] + weights).map { $0 - $1 } }
    self.weights = weights
    choices = Array(repeating: 0, count: values.count)
    costs = (0..<1 << order).map { state in
      (0..<order / 2).reduce(0) { cost, centre in
        let difference = weights.indices.reduce(Float(0)) {
          let bin = abs(centre + order / 2 - $1)
          let isNegative = state >> (order - 1 - bin) & 1 == 1
          return $0 + weights[$1] * (isNegative ? -values[bin] : values[bin])
        }
        // All but the one at 0 hertz stand for two.
        return cost + (centre == 0 ? 0.5 : 1) * difference * difference
      }
    }
  }

  private mutating func step(to bin: Int, _ values: [Float]) {
    let states = costs.count
    var parts = [Float](repeating: 0, count: states)
    for back in 0..<order {
      let value = weights[back + 1] * values[bin - 1 - back]
      for state in 0..<states { parts[state] += state >> back & 1 == 0 ? value : -value }
    }
    var next = costs
    var choice: UInt64 = 0
    for state in 0..<states {
      let value = state & 1 == 0 ? values[bin] : -values[bin]
      let (first, second) = (state >> 1, state >> 1 | states >> 1)
      let cost = costs[first] + (value + parts[first]) * (value + parts[first])
      let other = costs[second] + (value + parts[second]) * (value + parts[second])
      next[state] = min(cost, other)
      if other < cost { choice |= 1 << UInt64(state) }
    }
    costs = next
    choices[bin] = choice
  }

  /// Which values are negative on the cheapest way.
  private func signs() -> [Bool] {
    var state = costs.indices.reduce(0) { costs[$1] < costs[$0] ? $1 : $0 }
    var result = [Bool](repeating: false, count: choices.count)
    for bin in result.indices.reversed() {
      result[bin] = state & 1 == 1
      let oldest = bin < order ? 0 : Int(choices[bin] >> UInt64(state) & 1)
      state = state >> 1 | oldest << (order - 1)
    }
    return result
  }
}
