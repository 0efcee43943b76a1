extension Sampler {
  /// Sets to 0 the weights of the tokens that top-k, top-p and min-p take out of the draw; returns
  /// the sum of the others.
  ///
  /// All three keep the front of one ranking (by weight, the lower index first among equals), so
  /// they only have to agree on the last token that stays.
  func filter(total: Double, in scratch: inout SamplingScratch) -> Double {
    let last: Int? =
      topK == nil && effectiveTopP == nil
      ? nil : lastRanked(scratch.weights, total: total, ranked: &scratch.ranked)
    var weights = scratch.weights.mutableSpan
    if let last {
      let lowest = weights[last]
      for token in weights.indices
      where weights[token] < lowest || (weights[token] == lowest && token > last) {
        weights[token] = 0
      }
    }
    // The greatest weight is 1: a weight is already relative to it.
    let threshold = minP ?? 0
    var kept = 0.0
    for token in weights.indices {
      if weights[token] < threshold { weights[token] = 0 }
      kept += Double(weights[token])
    }
    return kept
  }

  /// The lowest-ranked token that top-k and then top-p keep.
  ///
  /// A heap gives up the best tokens one by one: the many unlikely ones are never sorted.
  private func lastRanked(_ shares: [Float], total: Double, ranked: inout [Int32]) -> Int {
    let count = shares.count
    ranked.removeAll(keepingCapacity: true)
    ranked.append(contentsOf: 0..<Int32(count))
    var heap = ranked.mutableSpan
    let weights = shares.span
    for root in stride(from: count / 2 - 1, through: 0, by: -1) {
      siftDown(&heap, from: root, count: count, weights)
    }
    // Popped tokens gather at the back: the best one ends up last.
    var sumOfKept = total
    var remaining = count
    if let topK {
      sumOfKept = 0
      for _ in 0..<min(topK, count) {
        sumOfKept += Double(weights[pop(&heap, &remaining, weights)])
      }
    }
    guard let share = effectiveTopP else { return Int(heap[remaining]) }
    // A share below 1 is below it by far more than sums are rounded: it is reached among the kept.
    let target = Double(share) * sumOfKept
    var sum = 0.0
    var rank = count
    repeat {
      rank -= 1
      if rank < remaining { _ = pop(&heap, &remaining, weights) }
      sum += Double(weights[Int(heap[rank])])
    } while sum < target
    return Int(heap[rank])
  }

  /// Top-p, unless it keeps everything.
  private var effectiveTopP: Float? { topP == 1 ? nil : topP }

  /// Moves the best token of the heap's first `remaining` behind them.
  private func pop(
    _ heap: inout MutableSpan<Int32>, _ remaining: inout Int, _ weights: Span<Float>
  ) -> Int {
    remaining -= 1
    heap.swapAt(0, remaining)
    siftDown(&heap, from: 0, count: remaining, weights)
    return Int(heap[remaining])
  }

  /// Restores the order of a heap of `count` tokens below `root`.
  private func siftDown(
    _ heap: inout MutableSpan<Int32>, from root: Int, count: Int, _ weights: Span<Float>
  ) {
    var parent = root
    while true {
      var child = 2 * parent + 1
      guard child < count else { return }
      if child + 1 < count && precedes(heap[child + 1], heap[child], weights) { child += 1 }
      guard precedes(heap[child], heap[parent], weights) else { return }
      heap.swapAt(parent, child)
      parent = child
    }
  }

  /// Whether `a` is ranked before `b`.
  @inline(__always)
  private func precedes(_ a: Int32, _ b: Int32, _ weights: Span<Float>) -> Bool {
    let (first, second) = (weights[Int(a)], weights[Int(b)])
    return first > second || (first == second && a < b)
  }
}
