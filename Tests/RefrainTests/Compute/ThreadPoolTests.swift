import Refrain
import Synchronization
import Testing

struct ThreadPoolTests {
  /// Threads that are not asked for take no part, however often the number changes.
  @Test func anyNumberOfItsThreadsWorks() {
    let pool = ThreadPool(count: 4)
    let done = Mutex([0, 0, 0, 0])
    var expected = [0, 0, 0, 0]
    for round in 0..<400 {
      let threads = 1 + (round &* 7 + round / 5) % 4
      pool.run(threads: threads) { share in
        #expect(share.count == threads && share.index < threads)
        for _ in 0..<3 {
          done.withLock { $0[share.index] += 1 }
          share.meet()
        }
      }
      for index in 0..<threads { expected[index] += 3 }
    }
    #expect(done.withLock { $0 } == expected)
  }

  /// Whatever it chooses, each run is done once by as many threads as it says.
  @Test func aChoiceStaysWithinThePool() {
    let choice = ThreadChoice(of: ThreadPool(count: 3))
    let runs = Mutex(0)
    for _ in 0..<500 {
      let count = choice.count
      choice.run { share in
        #expect((1...3).contains(share.count) && share.count == count)
        if share.index == 0 { runs.withLock { $0 += 1 } }
      }
    }
    #expect(runs.withLock { $0 } == 500)
  }
}
