import Refrain
import TestSupport
import Testing

extension TrainingTests {
  /// A corpus as windows, for networks whose output follows a whole sequence.
  @Suite("Window batches")
  struct WindowBatchesTests {
    /// Lengths of documents, steps, sequences.
    static let cases: [([Int], Int, Int)] = [
      ([2], 1, 1), ([40], 5, 3), ([1, 1, 15, 24], 5, 4), ([13, 37, 5, 6, 49], 5, 7),
      ([4, 30, 4], 4, 26), ([3, 10, 2, 5000], 3, 50),
    ]

    /// Tokens that are their own positions, as numbers of frames are.
    private func corpus(_ lengths: [Int]) -> InMemoryCorpus {
      var starts: [Int] = []
      var count = 0
      for length in lengths {
        starts.append(count)
        count += length
      }
      return InMemoryCorpus(tokens: (0..<Int32(count)).map { $0 }, documentStarts: starts)
    }

    private func batches(
      _ lengths: [Int], _ steps: Int, _ sequences: Int,
      order: WindowBatches.Order = .shuffled(seed: 4), epoch: Int = 0, position: Int = 0
    ) throws -> WindowBatches {
      let corpus = corpus(lengths)
      let documents = try WindowPlaces.documents(of: corpus)
      #expect(documents.map(\.count) == lengths)
      return WindowBatches(
        corpus: corpus, windows: WindowPlaces(documents: documents, steps: steps),
        sequences: sequences, order: order, epoch: epoch, position: position)
    }

    /// Where windows can begin: with `steps` tokens of the same document and the one that follows.
    private func places(_ lengths: [Int], _ steps: Int) -> [Int] {
      var first = 0
      return lengths.flatMap { length -> [Int] in
        defer { first += length }
        return (0..<max(length - steps, 0)).map { first + $0 }
      }
    }

    /// The beginnings of a batch's windows, each of which is checked.
    private func beginnings(_ batch: Batch, steps: Int) -> [Int] {
      #expect(batch.steps == steps)
      for (place, token) in batch.tokens.enumerated() {
        let (step, column) = place.quotientAndRemainder(dividingBy: batch.sequences)
        #expect(Int(token) == Int(batch.tokens[column]) + step, "a window is read in order")
        #expect(batch.starts[place] == (step == 0), "its state begins empty, and only there")
        #expect(
          batch.targets[place] == (step == steps - 1 ? token + 1 : Batch.uncounted),
          "only the last output counts")
      }
      return batch.tokens.prefix(batch.sequences).map(Int.init)
    }

    @Test(arguments: cases)
    func everyWindowIsReadOnceInAnEpoch(
      _ lengths: [Int], _ steps: Int, _ sequences: Int
    ) throws {
      var batches = try batches(lengths, steps, sequences)
      let places = places(lengths, steps)
      #expect(batches.batchesPerEpoch == places.count / sequences)
      var orders: [[Int]] = []
      for _ in 0..<4 {
        var read: [Int] = []
        for number in 0..<batches.batchesPerEpoch {
          let position = batches.position % batches.batchesPerEpoch
          #expect(position == number)
          let own = beginnings(try batches.next(), steps: steps)
          #expect(own.count == sequences)
          read += own
        }
        #expect(Set(read).count == read.count, "no window twice")
        #expect(Set(read).isSubset(of: places), "none crosses into the next document")
        #expect(places.count - read.count < sequences, "all but a remainder")
        orders.append(read)
      }
      if places.count > 20 { #expect(Set(orders).count == 4, "every epoch has its own order") }
    }

    /// What one epoch leaves out is not always the same.
    @Test func theRemainderChanges() throws {
      var batches = try batches([13], 3, 4)
      var left: Set<Set<Int>> = []
      for _ in 0..<20 {
        let read = try (0..<2).flatMap { _ in beginnings(try batches.next(), steps: 3) }
        left.insert(Set(0..<10).subtracting(read))
      }
      #expect(left.count > 10)
    }

    @Test(arguments: cases)
    func anyPositionIsAsReadingUpToIt(
      _ lengths: [Int], _ steps: Int, _ sequences: Int
    ) throws {
      var straight = try batches(lengths, steps, sequences)
      for number in 0...min(2 * straight.batchesPerEpoch, 12) {
        let (epoch, position) = number.quotientAndRemainder(dividingBy: straight.batchesPerEpoch)
        var begun = try batches(lengths, steps, sequences, epoch: epoch, position: position)
        var rest = straight
        // Beyond the epoch's end as well.
        for _ in 0...min(straight.batchesPerEpoch, 20) { #expect(try begun.next() == rest.next()) }
        _ = try straight.next()
      }
    }

    @Test func anotherSeedIsAnotherOrder() throws {
      let orders = try ([1, 2, 1] as [UInt64]).map { seed in
        var batches = try batches([100], 5, 9, order: .shuffled(seed: seed))
        return try (0..<10).flatMap { _ in beginnings(try batches.next(), steps: 5) }
      }
      #expect(orders[0] != orders[1] && orders[0] == orders[2])
    }

    /// For an evaluation: in order, and the last batch may be smaller.
    @Test(arguments: cases, [1, 2, 7])
    func everyNthWindowInOrder(
      _ test: (lengths: [Int], steps: Int, sequences: Int), stride: Int
    ) throws {
      var batches = try batches(
        test.lengths, test.steps, test.sequences, order: .everyNth(stride))
      let read = try (0..<batches.batchesPerEpoch).flatMap { _ in
        beginnings(try batches.next(), steps: test.steps)
      }
      let places = places(test.lengths, test.steps)
      #expect(read == Swift.stride(from: 0, to: places.count, by: stride).map { places[$0] })
      // And again.
      #expect(beginnings(try batches.next(), steps: test.steps).first == places[0])
    }
  }
}
