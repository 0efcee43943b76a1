/// A corpus as windows of `T` steps, each with the token that follows it: for a network whose output follows
/// a whole sequence. Windows are read from an empty state, and in another order in every epoch; none
/// crosses from one document into the next.
package struct WindowBatches: BatchSource {
  private let corpus: any TokenCorpus
  private let windows: WindowPlaces
  private let sequences: Int
  private let order: Order
  package let batchesPerEpoch: Int
  package private(set) var position: Int
  private var epoch: Int
  /// Which windows this epoch reads, in order.
  private var shuffled: [Int32]

  /// In which order windows are read.
  package enum Order {
    /// All of them, shuffled by a seed.
    case shuffled(seed: UInt64)
    /// Every `stride`-th, first to last.
    case everyNth(Int)
  }

  /// Begins at batch `position` of epoch `epoch`. The last batch of an epoch that goes through the windows
  /// in order may be smaller; a shuffled epoch leaves out what does not fill one.
  package init(
    corpus: any TokenCorpus, windows: WindowPlaces, sequences: Int, order: Order, epoch: Int = 0,
    position: Int = 0
  ) {
    self.corpus = corpus
    self.windows = windows
    self.sequences = sequences
    self.order = order
    self.epoch = epoch
    self.position = position
    switch order {
    case .shuffled: batchesPerEpoch = windows.count / sequences
    case .everyNth(let stride):
      let count = (windows.count + stride - 1) / stride
      batchesPerEpoch = (count + sequences - 1) / sequences
    }
    precondition(batchesPerEpoch > 0, "the corpus must hold at least one batch of windows")
    shuffled = []
    arrange()
  }

  private mutating func arrange() {
    switch order {
    case .shuffled(let seed):
      var random = RandomStream(
        seed: seed, purpose: .shuffling, lane: UInt32(truncatingIfNeeded: epoch))
      shuffled = (0..<Int32(windows.count)).shuffled(using: &random)
    case .everyNth(let stride):
      shuffled = Swift.stride(from: 0, to: Int32(windows.count), by: stride).map { $0 }
    }
  }

  package mutating func next() throws -> Batch {
    if position == batchesPerEpoch {
      position = 0
      epoch += 1
      arrange()
    }
    let first = position * sequences
    let chosen = shuffled[first..<min(first + sequences, shuffled.count)]
    position += 1
    return try windows.batch(of: chosen, corpus)
  }
}

/// Where windows can begin: in every document, each position that has enough tokens after it.
package struct WindowPlaces {
  /// Steps of a window: `T`.
  package let steps: Int
  /// Windows in all.
  package let count: Int
  /// Each document that has any: its first window's number, and its first position.
  private let documents: [(window: Int, position: Int)]

  /// Documents of a corpus, as positions.
  package static func documents(of corpus: any TokenCorpus) throws -> [Range<Int>] {
    var starts: [Int] = [0]
    var cursor = try corpus.cursor(at: 0)
    var tokens = [Int32](repeating: 0, count: 4096)
    var flags = [Bool](repeating: false, count: 4096)
    var position = 0
    while position < corpus.count {
      var tokenSpan = tokens.mutableSpan
      var flagSpan = flags.mutableSpan
      let read = try cursor.read(into: &tokenSpan, starts: &flagSpan)
      if read == 0 { break }
      for i in 0..<read where flags[i] && position + i > 0 { starts.append(position + i) }
      position += read
    }
    return zip(starts, starts.dropFirst() + [corpus.count]).map { $0..<$1 }
  }

  package init(documents: [Range<Int>], steps: Int) {
    self.steps = steps
    var places: [(window: Int, position: Int)] = []
    var count = 0
    for document in documents where document.count > steps {
      places.append((count, document.lowerBound))
      count += document.count - steps
    }
    self.documents = places
    self.count = count
  }

  private func position(of window: Int) -> Int {
    var (low, high) = (0, documents.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if documents[middle].window <= window { low = middle } else { high = middle }
    }
    return documents[low].position + window - documents[low].window
  }

  fileprivate func batch(of windows: ArraySlice<Int32>, _ corpus: any TokenCorpus) throws -> Batch {
    let count = steps * windows.count
    var batch = Batch(
      steps: steps, sequences: windows.count, tokens: [Int32](repeating: 0, count: count),
      targets: [Int32](repeating: Batch.uncounted, count: count))
    for (column, window) in windows.enumerated() {
      var stream = try TokenStream(
        corpus, at: position(of: Int(window)), steps: steps, isNew: true)
      try stream.fill(&batch, column: column, steps: steps, uncounted: steps - 1)
    }
    return batch
  }
}
