import CPUFeatures
import Foundation
import Synchronization

/// A fixed set of threads that run the same function at once, each told which share is its own.
///
/// The calling thread is number 0. Waiting spins for some microseconds, then sleeps, so that more
/// threads than cores still get on. What the threads compute never depends on how many there are:
/// they divide outputs between them, never a sum.
package final class ThreadPool: @unchecked Sendable {
  package let count: Int
  private let shared: Shared

  /// What the pool and its threads have in common; the threads never hold the pool itself.
  fileprivate final class Shared: @unchecked Sendable {
    let start = Gate()
    let meeting = Barrier()
    /// How many items of work have been handed out in this run.
    let items = Atomic<Int>(0)
    /// What to run; nil when `start` opens means: end.
    var body: (@Sendable (ThreadShare) -> Void)?

    /// Runs what there is to run; false where the pool has ended. When it returns, this thread no
    /// longer holds the function, which must not outlive the pool's `run`.
    @inline(never) func runBody(_ share: ThreadShare) -> Bool {
      guard let body else { return false }
      body(share)
      return true
    }
  }

  /// `count` threads, the caller's among them; 0 means one per core.
  package init(count requested: Int = 0) {
    precondition(requested >= 0, "a number of threads is 0 (all cores) or more")
    count = requested > 0 ? requested : ProcessInfo.processInfo.activeProcessorCount
    shared = Shared()
    for index in 1..<max(count, 1) { launch(index) }
  }

  /// Runs `body` on the first `threads` threads (nil: on all) and returns when these have finished.
  package func run(threads: Int? = nil, _ body: (ThreadShare) -> Void) {
    let threads = threads ?? count
    precondition((1...count).contains(threads), "a pool of \(count) threads has not \(threads)")
    shared.items.store(0, ordering: .relaxed)
    let share = ThreadShare(index: 0, count: threads, shared: shared)
    if threads == 1 { return body(share) }
    withoutActuallyEscaping(body) { body in
      shared.body = unsafeBitCast(body, to: (@Sendable (ThreadShare) -> Void).self)
      shared.start.open(for: threads)
      _ = shared.runBody(share)
      share.meet()
      shared.body = nil
    }
  }

  private func launch(_ index: Int) {
    let thread = Thread { [shared] in
      var seen = 0
      while true {
        seen = shared.start.wait(after: seen)
        let share = ThreadShare(index: index, count: Gate.number(seen), shared: shared)
        // One that is not asked for must not look at what is run: the others do not wait for it.
        if index >= share.count { continue }
        if !shared.runBody(share) { return }
        share.meet()
      }
    }
    thread.stackSize = 1 << 20
    thread.start()
  }

  deinit { shared.start.open(for: count) }
}

/// What one thread of a pool is told: which of how many it is.
package struct ThreadShare {
  package let index: Int
  package let count: Int
  fileprivate let shared: ThreadPool.Shared

  /// Waits until every thread of the pool is here.
  package func meet() { if count > 1 { shared.meeting.wait(for: count) } }

  /// The number of an item of work that no thread has had in this run of the pool: 0, 1, 2 and so on.
  /// Who is done sooner takes more; what an item computes must not depend on who takes it.
  package func nextItem() -> Int { shared.items.add(1, ordering: .relaxed).oldValue }

  /// This thread's part of `0..<total`, in contiguous shares.
  package func part(of total: Int) -> Range<Int> {
    total * index / count..<total * (index + 1) / count
  }
}

/// A counter that threads wait on: spinning first, then asleep. Whoever opens it leaves a number for those who
/// waited, in the same word, so that nobody sees the number of another opening.
private final class Gate: @unchecked Sendable {
  private let generation = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let condition = NSCondition()

  /// Looks of a spinning thread, some ten nanoseconds each: longer than a thread alone works between
  /// two steps of training.
  private static let patience = 4_000

  private static let numberBits = 16

  /// The number that was left at an opening.
  static func number(_ generation: Int) -> Int { generation & (1 << numberBits - 1) }

  func open(for number: Int = 0) {
    let next = (now >> Self.numberBits &+ 1) << Self.numberBits | number
    // In one order with a sleeper's registration and its last look: either it sees the new generation,
    // or it is seen here.
    generation.store(next, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) == 0 { return }
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }

  /// Returns the generation once it is no longer `seen`.
  func wait(after seen: Int) -> Int {
    for _ in 0..<Self.patience {
      let now = generation.load(ordering: .acquiring)
      if now != seen { return now }
      cpu_pause()
    }
    condition.lock()
    defer { condition.unlock() }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    defer { sleepers.subtract(1, ordering: .sequentiallyConsistent) }
    while generation.load(ordering: .sequentiallyConsistent) == seen { condition.wait() }
    return now
  }

  var now: Int { generation.load(ordering: .acquiring) }
}

/// Where threads wait for each other.
private final class Barrier: @unchecked Sendable {
  private let arrived = Atomic<Int>(0)
  private let gate = Gate()

  /// Waits until `count` threads are here.
  func wait(for count: Int) {
    let seen = gate.now
    if arrived.add(1, ordering: .acquiringAndReleasing).newValue == count {
      arrived.store(0, ordering: .relaxed)
      gate.open()
    } else {
      _ = gate.wait(after: seen)
    }
  }
}
