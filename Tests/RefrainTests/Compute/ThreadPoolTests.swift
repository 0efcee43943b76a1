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

  struct Machine: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Seconds of a run with one thread, two and four.
    let seconds: [Int: Double]
    var isBusy = true
    /// What most of the runs should use.
    let best: Int
  }

  static let machines = [
    Machine(
      testDescription: "busy, and threads wait for each other",
      seconds: [1: 0.01, 2: 0.03, 4: 0.09], best: 1),
    Machine(
      testDescription: "busy, and two get on best", seconds: [1: 0.02, 2: 0.013, 4: 0.03], best: 2),
    Machine(
      testDescription: "busy, and all gain", seconds: [1: 0.02, 2: 0.013, 4: 0.009], best: 4),
    Machine(
      testDescription: "idle, and all gain", seconds: [1: 0.02, 2: 0.013, 4: 0.009],
      isBusy: false, best: 4),
    Machine(
      testDescription: "idle, and the work is too little to be shared",
      seconds: [1: 0.01, 2: 0.03, 4: 0.09], isBusy: false, best: 1),
  ]

  /// On a clock of its own, that goes as fast as the number of threads says.
  @Test(arguments: machines) func itFindsTheFastestNumber(machine: Machine) {
    let state = Mutex((seconds: 0.0, switches: 0))
    let choice = ThreadChoice(
      of: ThreadPool(count: 4), clock: { state.withLock { $0.seconds } },
      switches: { state.withLock { $0.switches } })
    var runs = [1: 0, 2: 0, 4: 0]
    for _ in 0..<6000 {
      let count = choice.count
      runs[count, default: 0] += 1
      choice.run { share in
        if share.index == 0 {
          state.withLock {
            $0.seconds += machine.seconds[count] ?? 1
            $0.switches += machine.isBusy ? 5 : 0
          }
        }
      }
    }
    #expect(runs[machine.best, default: 0] > 5000, "\(runs)")
    // On an idle machine, the trials cost little.
    if !machine.isBusy && machine.best == 4 { #expect(runs[4, default: 0] > 5900, "\(runs)") }
  }

  @Test func moreThreadsComeBackWhenTheMachineIsIdleAgain() {
    let state = Mutex((seconds: 0.0, switches: 0, isBusy: true))
    let choice = ThreadChoice(
      of: ThreadPool(count: 2), clock: { state.withLock { $0.seconds } },
      switches: { state.withLock { $0.switches } })
    func work(_ runs: Int) {
      for _ in 0..<runs {
        let count = choice.count
        choice.run { share in
          if share.index == 0 {
            state.withLock {
              $0.seconds += count == 1 ? 0.01 : $0.isBusy ? 0.08 : 0.005
              $0.switches += $0.isBusy ? 5 : 0
            }
          }
        }
      }
    }
    work(500)
    #expect(choice.count == 1)
    state.withLock { $0.isBusy = false }
    work(1500)
    #expect(choice.count == 2)
  }
}
