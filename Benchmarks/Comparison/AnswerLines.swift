import Foundation

/// The lines that come out of a pipe, waited for with patience but not for ever.
struct AnswerLines {
  /// Seconds to wait for a line.
  let patience: Double
  private let descriptor: Int32
  private let rest = Rest()

  /// What has been read beyond the last line.
  private final class Rest { var bytes: [UInt8] = [] }

  enum Next: Equatable {
    case line(String)
    case end
    case silence
  }

  init(_ descriptor: Int32, patience: Double) {
    self.descriptor = descriptor
    self.patience = patience
  }

  /// The next line, without its end.
  func next() -> Next {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(patience)
    while true {
      if let end = rest.bytes.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: rest.bytes[..<end], as: UTF8.self)
        rest.bytes.removeFirst(end + 1)
        return .line(line)
      }
      let left = (deadline - clock.now) / .milliseconds(1)
      if left <= 0 { return .silence }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, Int32(min(left.rounded(.up), 1e9))) <= 0 { continue }
      var piece = [UInt8](repeating: 0, count: 4096)
      let count = read(descriptor, &piece, piece.count)
      if count == 0 || (count < 0 && errno != EINTR) { return .end }
      rest.bytes += piece.prefix(max(count, 0))
    }
  }
}
