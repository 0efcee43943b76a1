import Foundation
import Synchronization

/// Ctrl-C and its relatives: the first asks the command to stop, the second ends it at once.
///
/// ```swift
/// let interruption = Interruption()
/// while !interruption.isRequested { … }
/// throw ExitCode(interruption.exitStatus)
/// ```
final class Interruption: Sendable {
  private let received = Atomic<Int32>(0)
  private let urgent = Mutex<(@Sendable () -> Void)?>(nil)
  private let request = Mutex<(@Sendable () -> Void)?>(nil)
  /// Filled by the initialiser, and only kept alive afterwards.
  private nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []

  /// Watches for signals from now on; those that the parent wants ignored (nohup) stay so.
  init() {
    for number in [SIGINT, SIGTERM, SIGHUP] where !Self.isIgnored(number) {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(
        signal: number, queue: DispatchQueue(label: "refrain.interruption"))
      source.setEventHandler { [unowned self] in receive(number) }
      source.resume()
      sources.append(source)
    }
  }

  /// Whether the user wants the command to stop.
  var isRequested: Bool { received.load(ordering: .acquiring) != 0 }

  /// 130 after Ctrl-C, 143 after SIGTERM.
  var exitStatus: Int32 { 128 + received.load(ordering: .acquiring) }

  /// While there is nothing to save, a signal ends the command at once, after this cleaning up; nil:
  /// from here on there is.
  func endAtOnce(after cleaning: (@Sendable () -> Void)?) {
    urgent.withLock { $0 = cleaning }
  }

  /// Does `action` at the first signal; now, if it has come already.
  func whenRequested(_ action: @escaping @Sendable () -> Void) {
    request.withLock { $0 = action }
    if isRequested { action() }
  }

  /// For a command that has nothing to save: ends it soon after a signal, even where it waits for somebody to
  /// read what it writes.
  func endSoon() {
    whenRequested { [unowned self] in
      DispatchQueue.global().asyncAfter(deadline: .now() + 1) { [status = exitStatus] in
        _exit(status)
      }
    }
  }

  private func receive(_ number: Int32) {
    let isFirst = received.exchange(number, ordering: .acquiringAndReleasing) == 0
    let cleaning = urgent.withLock { $0 }
    cleaning?()
    if !isFirst || cleaning != nil { _exit(128 + number) }
    request.withLock { $0 }?()
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
