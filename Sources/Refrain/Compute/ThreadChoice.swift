import Foundation

/// How many threads of a pool do one kind of work: all of them, unless they wait for each other longer than they
/// gain, because other programs keep the processor busy or because the work is too little to be shared. It is
/// measured while the work is done.
///
/// What is computed never depends on it.
package final class ThreadChoice {
  /// How many threads do the work now.
  package private(set) var count: Int
  private let pool: ThreadPool

  /// What is measured of the runs since the last judgement.
  private var window = (runs: 0, seconds: 0.0, switches: 0)
  /// Seconds of a run with the number of threads that is trusted.
  private var trusted = (threads: 0, perRun: Double.infinity)
  /// When another number may be tried, and when fewer may be tried on a machine that is not busy.
  private var nextTrial = (any: 0.0, fewerWhenIdle: Double.infinity)
  private var pause = 0.0
  private var hasTriedMore = false
  private let clock: () -> Double
  private let switches: () -> Int

  /// Seconds of work, and runs, that a judgement rests on. A gradient and the optimizer's step take turns, so
  /// the number of runs is even.
  private static let least = (seconds: 0.2, runs: 4)
  /// The system takes the processor away so many times a second where other programs want it.
  private static let busySwitches = 30.0
  /// Fewer threads have to be faster by this share: a busy machine's times vary.
  private static let gain = 0.15
  /// A trial that takes so many times as long as it should is given up.
  private static let patience = 3.0
  /// Seconds to the next trial after one that has brought nothing: twice as many each time.
  private static let pauses = (first: 0.25, longest: 6.0)
  /// Fewer threads are tried so much more seldom on a machine that is not busy.
  private static let idlePauses = 10.0

  /// A choice among the threads of `pool`.
  ///
  /// - Parameters:
  ///   - clock: tells the seconds.
  ///   - switches: how often the system has taken the processor from a thread of this process.
  package init(
    of pool: ThreadPool, clock: @escaping () -> Double = ThreadChoice.seconds,
    switches: @escaping () -> Int = ThreadChoice.switchesOfProcess
  ) {
    self.pool = pool
    (self.clock, self.switches) = (clock, switches)
    count = pool.count
    trusted.threads = pool.count
  }

  /// Runs `body` on ``count`` threads of the pool, and takes its time.
  package func run(_ body: (ThreadShare) -> Void) {
    if pool.count == 1 { return pool.run(threads: 1, body) }
    let begin = clock()
    if window.runs == 0 { window.switches = switches() }
    pool.run(threads: count, body)
    add(clock() - begin, since: begin)
  }

  private func add(_ seconds: Double, since begin: Double) {
    window.runs += 1
    window.seconds += seconds
    guard window.runs.isMultiple(of: 2) else { return }
    let isTrial = count != trusted.threads
    let isHopeless =
      isTrial && window.seconds > Self.patience * trusted.perRun * Double(window.runs)
    let isEnough = window.runs >= Self.least.runs && window.seconds >= Self.least.seconds
    guard isHopeless || isEnough else { return }
    let perRun = window.seconds / Double(window.runs)
    let isBusy =
      Double(switches() - window.switches) > Self.busySwitches * window.seconds
    window = (0, 0, 0)
    if isTrial {
      judge(perRun, at: begin + seconds)
    } else {
      let isFirst = trusted.perRun.isInfinite
      trusted.perRun = isFirst ? perRun : (trusted.perRun + perRun) / 2
      if isFirst { nextTrial.fewerWhenIdle = begin + Self.idlePauses * Self.pauses.first }
      if begin >= nextTrial.any { tryOther(isBusy: isBusy, at: begin) }
    }
  }

  /// Keeps the number of threads that was tried, or goes back.
  private func judge(_ perRun: Double, at now: Double) {
    let triedFewer = count < trusted.threads
    let gain = triedFewer ? Self.gain : 0
    if perRun < (1 - gain) * trusted.perRun {
      trusted = (count, perRun)
      pause = 0
    } else {
      count = trusted.threads
      pause = min(max(2 * pause, Self.pauses.first), Self.pauses.longest)
    }
    nextTrial.any = now + pause
    if triedFewer { nextTrial.fewerWhenIdle = now + Self.idlePauses * pause }
  }

  /// Fewer threads are worth a trial where the machine is busy, now and then where it is not, and more whenever
  /// there are more; where both are, they take turns.
  private func tryOther(isBusy: Bool, at now: Double) {
    let mayTryFewer = count > 1 && (isBusy || now >= nextTrial.fewerWhenIdle)
    let triesFewer = mayTryFewer && (hasTriedMore || count == pool.count)
    if triesFewer {
      count /= 2
    } else if count < pool.count {
      count = min(2 * count, pool.count)
    }
    hasTriedMore = !triesFewer
  }

  /// Seconds by a clock that stands still while the computer sleeps.
  package static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// How often the system has taken the processor from a thread of this process.
  package static func switchesOfProcess() -> Int {
    var usage = rusage()
    #if os(Linux)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    return usage.ru_nivcsw
  }
}
