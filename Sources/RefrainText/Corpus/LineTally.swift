internal import Foundation

/// Counts lines, and how many say what another line has said.
///
/// Lines are compared by a hash of 64 bits. Where there are too many different ones to remember,
/// only those are kept whose hash ends in a zero bit, then in two, and so on: a fair sample of the
/// different lines, with all their repetitions.
package struct LineTally {
  /// Shorter lines repeat in every text and say nothing.
  package static let shortestLine = 20
  /// More different lines than this are sampled.
  private static let capacity = 200_000

  package private(set) var lines = 0
  package private(set) var carriageReturns = 0
  private var counts: [UInt64: Int] = [:]
  private var mask: UInt64 = 0

  package init() {}

  private let partial = ContentHash()
  /// Bytes of a line whose beginning is in earlier blocks.
  private var partialLength = 0
  private var endsInCarriageReturn = false

  /// Counts the lines of bytes that follow those counted before.
  package mutating func count(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    var start = 0
    while start < bytes.count {
      guard let found = memchr(base + start, 0x0A, bytes.count - start) else {
        keep(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        return
      }
      let end = base.distance(to: UnsafeRawPointer(found))
      endLine(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      start = end + 1
    }
  }

  /// A document ends, with a line break or without.
  package mutating func endDocument() {
    endsInCarriageReturn = false
    if partialLength > 0 { endLine(UnsafeRawBufferPointer(start: nil, count: 0)) }
  }

  /// Whether every line was compared.
  package var isExact: Bool { mask == 0 }

  /// The lines that were compared and those among them that repeat an earlier one.
  package var compared: (lines: Int, repeated: Int) {
    let all = counts.values.reduce(0, +)
    return (all, all - counts.count)
  }

  private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
    if partialLength == 0 { partial.reset() }
    partial.update(bytes)
    partialLength += bytes.count
    endsInCarriageReturn = bytes.last == 0x0D
  }

  private mutating func endLine(_ bytes: UnsafeRawBufferPointer) {
    lines += 1
    if bytes.last ?? (endsInCarriageReturn ? 0x0D : 0) == 0x0D { carriageReturns += 1 }
    endsInCarriageReturn = false
    let length = partialLength + bytes.count
    guard length >= Self.shortestLine else {
      partialLength = 0
      return
    }
    if partialLength == 0 {
      add(ContentHash.of(bytes))
    } else {
      partial.update(bytes)
      partialLength = 0
      add(partial.value)
    }
  }

  private mutating func add(_ hash: UInt64) {
    guard hash & mask == 0 else { return }
    counts[hash, default: 0] += 1
    guard counts.count > Self.capacity else { return }
    mask = mask << 1 | 1
    let mask = mask
    counts = counts.filter { $0.key & mask == 0 }
  }
}
