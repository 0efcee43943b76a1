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
    let meeting: Barrier
    /// How many items of work have been handed out in this run.
    let items = Atomic<Int>(0)
    /// What to run; nil when `start` opens means: end.
    var body: (@Sendable (ThreadShare) -> Void)?

    init(count: Int) { meeting = Barrier(count) }

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
    shared = Shared(count: count)
    for index in 1..<max(count, 1) { launch(index) }
  }

  /// Runs `body` on every thread and returns when all have finished.
  package func run(_ body: (ThreadShare) -> Void) {
    shared.items.store(0, ordering: .relaxed)
    if count == 1 { return body(share(0)) }
    withoutActuallyEscaping(body) { body in
      shared.body = unsafeBitCast(body, to: (@Sendable (ThreadShare) -> Void).self)
      shared.start.open()
      _ = shared.runBody(share(0))
      shared.meeting.wait()
      shared.body = nil
    }
  }

  private func share(_ index: Int) -> ThreadShare {
    ThreadShare(index: index, count: count, barrier: shared.meeting, shared: shared)
  }

  private func launch(_ index: Int) {
    let thread = Thread { [shared, count] in
      var seen = 0
      while true {
        seen = shared.start.wait(after: seen)
        let share = ThreadShare(
          index: index, count: count, barrier: shared.meeting, shared: shared)
        if !shared.runBody(share) { return }
        shared.meeting.wait()
      }
    }
    thread.stackSize = 1 << 20
    thread.start()
  }

  deinit { shared.start.open() }
}

/// What one thread of a pool is told: which of how many it is.
package struct ThreadShare {
  package let index: Int
  package let count: Int
  fileprivate let barrier: Barrier
  fileprivate let shared: ThreadPool.Shared

  /// Waits until every thread of the pool is here.
  package func meet() { if count > 1 { barrier.wait() } }

  /// The number of an item of work that no thread has had in this run of the pool: 0, 1, 2 and so on.
  /// Who is done sooner takes more; what an item computes must not depend on who takes it.
  package func nextItem() -> Int { shared.items.add(1, ordering: .relaxed).oldValue }

  /// This thread's part of `0..<total`, in contiguous shares.
  package func part(of total: Int) -> Range<Int> {
    total * index / count..<total * (index + 1) / count
  }
}

/// A counter that threads wait on: spinning first, then asleep.
private final class Gate: @unchecked Sendable {
  private let generation = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let condition = NSCondition()

  /// Looks of a spinning thread, some ten nanoseconds each: longer than a thread alone works between
  /// two steps of training.
  private static let patience = 4_000

  func open() {
    // In one order with a sleeper's registration and its last look: either it sees the new generation,
    // or it is seen here.
    generation.add(1, ordering: .sequentiallyConsistent)
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

/// Where `count` threads wait for each other.
private final class Barrier: @unchecked Sendable {
  private let count: Int
  private let arrived = Atomic<Int>(0)
  private let gate = Gate()

  init(_ count: Int) { self.count = count }

  func wait() {
    let seen = gate.now
    if arrived.add(1, ordering: .acquiringAndReleasing).newValue == count {
      arrived.store(0, ordering: .relaxed)
      gate.open()
    } else {
      _ = gate.wait(after: seen)
    }
  }
}
