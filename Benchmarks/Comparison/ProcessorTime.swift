import Foundation

/// How long the processor has been busy, as Linux counts it; nil on systems that do not tell.
enum ProcessorTime {
  /// Seconds, summed over the cores, that anybody has computed, a machine above this one included.
  static func everybody() -> Double? {
    (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)).flatMap(everybody(inStat:))
  }

  /// Seconds that one process has computed, all of its threads together.
  static func process(_ identifier: Int32) -> Double? {
    (try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8))
      .flatMap(process(inStat:))
  }

  private static let ticks = Double(max(sysconf(Int32(_SC_CLK_TCK)), 1))

  /// The first line of `/proc/stat`: user, nice, system, idle, waiting, interrupts (2), stolen.
  static func everybody(inStat text: String) -> Double? {
    let fields = text.prefix { $0 != "\n" }.split(separator: " ")
    let counts = fields.dropFirst().compactMap { Double($0) }
    guard fields.first == "cpu", counts.count >= 8 else { return nil }
    return (counts[0...2].reduce(0, +) + counts[5...7].reduce(0, +)) / ticks
  }

  /// `/proc/PID/stat`: what follows the name, which is in brackets and may hold anything.
  static func process(inStat text: String) -> Double? {
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
      return nil
    }
    return (user + system) / ticks
  }
}

/// How much of the processor others used while contestants had their turns.
package struct Disturbance: Equatable, Sendable {
  /// Seconds that others computed.
  private var others = 0.0
  /// Seconds that there were, summed over the cores; 0 where nothing is known.
  private var available = 0.0

  package init() {}

  /// The part of the processor that others had, 0 to 1; nil on systems that do not tell.
  package var share: Double? { available > 0 ? others / available : nil }

  /// Whether others took so much that the figures say little. Threads that wait busily for one another
  /// lose most, those that sleep least: such a ratio is not only inexact but wrong.
  package var isSerious: Bool { (share ?? 0) > Self.tolerable }

  /// What a system does by itself, and the grain of its clock, stay below.
  private static let tolerable = 0.05

  /// Adds a turn: of `busy` seconds, `own` were the contestant's; there were `available`.
  package mutating func add(busy: Double, own: Double, available: Double) {
    others += max(busy - own, 0)
    self.available += available
  }

  /// Adds other turns.
  package mutating func add(_ other: Disturbance) {
    others += other.others
    available += other.available
  }
}
