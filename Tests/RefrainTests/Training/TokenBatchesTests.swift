import Refrain
import Testing

extension TrainingTests {
  @Suite("Token batches")
  struct TokenBatchesTests {
    /// Tokens, documents, steps, sequences.
    static let cases: [(Int, [Int], Int, Int)] = [
      (2, [0], 1, 1), (40, [0], 5, 3), (41, [0, 1, 2, 17], 5, 4), (100, [0, 13, 50, 99], 7, 3),
      (101, [0, 20, 25, 40], 10, 10),
    ]

    @Test(arguments: cases)
    func everyTokenIsReadOnceInOrder(
      _ count: Int, _ documents: [Int], _ steps: Int, _ sequences: Int
    ) throws {
      let tokens = TrainingTests.tokens(count)
      let corpus = InMemoryCorpus(tokens: tokens, documentStarts: documents)
      var batches = try TokenBatches(corpus: corpus, steps: steps, sequences: sequences)
      let length = (count - 1) / sequences
      #expect(batches.batchesPerEpoch == length / steps)
      for _ in 0..<3 {
        for number in 0..<batches.batchesPerEpoch {
          let batch = try batches.next()
          for t in 0..<steps {
            for b in 0..<sequences {
              let place = t * sequences + b
              let position = b * length + number * steps + t
              #expect(batch.tokens[place] == tokens[position])
              let ends = documents.contains(position + 1)
              #expect(batch.targets[place] == (ends ? Batch.uncounted : tokens[position + 1]))
              let starts = documents.contains(position) || number + t == 0
              #expect(batch.starts[place] == starts)
            }
          }
        }
      }
    }

    @Test(arguments: cases)
    func anyPositionIsAsReadingUpToIt(
      _ count: Int, _ documents: [Int], _ steps: Int, _ sequences: Int
    ) throws {
      try expectTheSameFromAnyPosition(
        InMemoryCorpus(tokens: TrainingTests.tokens(count), documentStarts: documents), steps,
        sequences)
    }

    private func expectTheSameFromAnyPosition(
      _ corpus: InMemoryCorpus, _ steps: Int, _ sequences: Int
    ) throws {
      var straight = try TokenBatches(corpus: corpus, steps: steps, sequences: sequences)
      for position in 0...straight.batchesPerEpoch {
        var begun = try TokenBatches(
          corpus: corpus, steps: steps, sequences: sequences, position: position)
        var rest = straight
        // Beyond the epoch's end as well.
        for _ in 0...straight.batchesPerEpoch { #expect(try begun.next() == rest.next()) }
        _ = try straight.next()
      }
    }

    /// Lines of 1 to 6,000 tokens end in the token 9: where lines are short, every stream forgets once in 2,048
    /// tokens and only before such a token; where they are longer than a turn, also with the next turn's batch.
    @Test(arguments: [(16, 4), (64, 3), (300, 2)])
    func streamsForgetWhereTextsBegin(_ steps: Int, _ sequences: Int) throws {
      var tokens = TrainingTests.tokens(30_000 * sequences).map { $0 == 9 ? 8 : $0 }
      var (place, length) = (0, 1)
      while place < tokens.count {
        tokens[place] = 9
        place += length
        length = length * 7 % 97 + (place > 15_000 * sequences ? 5900 : 0)
      }
      let corpus = InMemoryCorpus(tokens: tokens, beginning: 9)
      var batches = try TokenBatches(corpus: corpus, steps: steps, sequences: sequences)
      _ = try batches.next()
      var forgotten = [Int](repeating: 0, count: sequences)
      // What was begun in the middle, here and there, goes on like what was begun at the beginning.
      var others: [TokenBatches] = []
      for number in 1..<batches.batchesPerEpoch {
        let batch = try batches.next()
        if number.isMultiple(of: 37) {
          others.append(
            try TokenBatches(
              corpus: corpus, steps: steps, sequences: sequences, position: number))
        }
        for other in others.indices { #expect(try others[other].next() == batch) }
        for (place, starts) in batch.starts.enumerated() where starts {
          #expect(batch.tokens[place] == 9 || place < sequences && place > 0)
          forgotten[place % sequences] += 1
        }
      }
      let turns = 30_000 / max(2048, 16 * steps)
      #expect((turns...turns + 1).contains(forgotten[0]), "\(forgotten)")
      #expect(
        forgotten.allSatisfy { (turns - 1...2 * turns + 1).contains($0) },
        "\(forgotten) in \(turns) turns")
    }

    /// Every stream forgets once in 4,096 of its tokens, and no two at the same time.
    @Test(arguments: [(16, 4), (64, 3), (300, 2)])
    func streamsForgetInTurn(_ steps: Int, _ sequences: Int) throws {
      let corpus = InMemoryCorpus(tokens: TrainingTests.tokens(30_000 * sequences))
      var batches = try TokenBatches(corpus: corpus, steps: steps, sequences: sequences)
      _ = try batches.next()
      let interval = max(4096, 16 * steps)
      var forgotten = [[Int]](repeating: [], count: sequences)
      for number in 1..<batches.batchesPerEpoch {
        let starts = try batches.next().starts
        #expect(starts.count { $0 } <= 1)
        if let stream = starts.firstIndex(of: true) {
          #expect(stream < sequences, "only before the first step of a batch")
          forgotten[stream].append(number * steps)
        }
      }
      for times in forgotten {
        #expect((30_000 / interval...30_000 / interval + 1).contains(times.count))
        for (one, next) in zip(times, times.dropFirst()) {
          #expect(abs(next - one - interval) < steps)
        }
      }
    }

    @Test func shortTextsReduceTheBatchFirst() {
      #expect(TokenBatches.fitting(count: 2501, steps: 50, sequences: 50) == (50, 50))
      #expect(TokenBatches.fitting(count: 2500, steps: 50, sequences: 50) == (50, 49))
      #expect(TokenBatches.fitting(count: 101, steps: 50, sequences: 50) == (50, 2))
      #expect(TokenBatches.fitting(count: 51, steps: 50, sequences: 50) == (50, 1))
      #expect(TokenBatches.fitting(count: 50, steps: 50, sequences: 50) == (49, 1))
      #expect(TokenBatches.fitting(count: 2, steps: 50, sequences: 50) == (1, 1))
    }

    @Test func whatFitsIsRead() throws {
      for count in 2..<60 {
        let (steps, sequences) = TokenBatches.fitting(count: count, steps: 6, sequences: 5)
        let again = TokenBatches.fitting(count: count, steps: steps, sequences: sequences)
        #expect(again == (steps, sequences))
        var batches = try TokenBatches(
          corpus: TrainingTests.walk(count), steps: steps, sequences: sequences)
        #expect(batches.batchesPerEpoch >= 1)
        #expect(try batches.next().tokens.count == steps * sequences)
      }
    }
  }
}
