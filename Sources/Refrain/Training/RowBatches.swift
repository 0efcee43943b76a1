/// Batches of rows of about the same length, in another order in every epoch.
///
/// In each epoch the rows are shuffled and cut into pools of a hundred batches; a pool is sorted by length and
/// cut into batches, so that little of a batch is padding, and all batches are shuffled again.
package struct RowBatches: BatchSource {
  private let arrangement: RowArrangement
  private let count: Int
  private let sequences: Int
  private let seed: UInt64
  package let batchesPerEpoch: Int
  package private(set) var position: Int
  private var epoch: Int
  /// The rows of each batch of this epoch.
  private var order: [[Int]] = []

  /// Batches of a pool.
  private static let pool = 100

  /// Begins at batch `position` of epoch `epoch`. The rows that do not fill a batch are a smaller one.
  init(
    _ arrangement: RowArrangement, count: Int, sequences: Int, seed: UInt64, epoch: Int = 0,
    position: Int = 0
  ) {
    precondition(count > 0, "a corpus of rows has at least one")
    self.arrangement = arrangement
    self.count = count
    self.sequences = sequences
    self.seed = seed
    self.epoch = epoch
    self.position = position
    batchesPerEpoch = Self.batches(count: count, sequences: sequences)
    arrange()
  }

  /// Batches of one epoch.
  static func batches(count: Int, sequences: Int) -> Int { (count + sequences - 1) / sequences }

  private mutating func arrange() {
    var random = RandomStream(
      seed: seed, purpose: .shuffling, lane: UInt32(truncatingIfNeeded: epoch))
    var rows = (0..<count).shuffled(using: &random)
    let pool = sequences * Self.pool
    for first in stride(from: 0, to: count, by: pool) {
      let range = first..<min(first + pool, count)
      rows.replaceSubrange(range, with: arrangement.sortedByLength(rows[range]))
    }
    order = stride(from: 0, to: count, by: sequences).map { first in
      Array(rows[first..<min(first + sequences, count)])
    }.shuffled(using: &random)
  }

  package mutating func next() throws -> Batch {
    if position == batchesPerEpoch {
      position = 0
      epoch += 1
      arrange()
    }
    position += 1
    return arrangement.batch(of: order[position - 1])
  }
}

extension RowArrangement {
  /// Rows by their length, shortest first; of equal ones as they were.
  func sortedByLength(_ rows: some Collection<Int>) -> [Int] {
    rows.map { (row: $0, length: (steps($0), sourceSteps($0))) }.enumerated()
      .sorted { a, b in
        (a.element.length.0, a.element.length.1, a.offset)
          < (b.element.length.0, b.element.length.1, b.offset)
      }.map(\.element.row)
  }
}
