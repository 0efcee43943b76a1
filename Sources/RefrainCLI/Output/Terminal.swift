import Foundation

/// Standard output or standard error: whether a person looks at it, and how to write there.
struct Terminal: Sendable {
  /// What the command makes.
  static let output = Terminal(descriptor: 1, name: "Standard output")
  /// What went wrong.
  static let error = Terminal(descriptor: 2, name: "Standard error")

  /// Whether it is a terminal, rather than a file or a pipe.
  let isTerminal: Bool
  private let hasColour: Bool
  private let descriptor: Int32
  private let name: String

  private init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    let environment = ProcessInfo.processInfo.environment
    let isPlain = environment["TERM"] == "dumb"
    isTerminal = isatty(descriptor) == 1 && !isPlain
    hasColour = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Columns; it may change from moment to moment.
  var width: Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes `text` at once.
  ///
  /// - Throws: ``OutputError`` if the disk is full, say.
  func write(_ text: String) throws {
    try write(Array(text.utf8))
  }

  /// Writes `bytes` at once.
  ///
  /// - Throws: ``OutputError`` if the disk is full, say.
  func write(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw OutputError(name: name, code: errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes `text` and ends the line.
  ///
  /// - Throws: ``OutputError`` if the disk is full, say.
  func line(_ text: String = "") throws { try write(text + "\n") }

  /// How a text may stand out.
  enum Style: Int {
    case bold = 1
    case faint = 2
    case red = 31
    case green = 32
    case yellow = 33
  }

  /// `text` in a style, where there is colour.
  func styled(_ text: String, _ style: Style) -> String {
    hasColour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}

/// Why standard output cannot be written.
struct OutputError: Error, CustomStringConvertible {
  let name: String
  let code: Int32

  var description: String {
    let reason = String(cString: strerror(code))
    return "\(name) cannot be written: \(reason.prefix(1).lowercased() + reason.dropFirst()); "
      + "write to another place."
  }
}
