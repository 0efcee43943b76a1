import Foundation

/// A line that is drawn again and again on a terminal; elsewhere, now and then a line of its own.
final class ProgressLine {
  private let terminal: Terminal
  private let interval: Double
  private let clock = ContinuousClock()
  private var lastLine: ContinuousClock.Instant?
  private var shown = ""

  /// - Parameter interval: seconds between two lines where there is no terminal.
  init(_ terminal: Terminal, interval: Double = 10) {
    self.terminal = terminal
    self.interval = interval
  }

  /// Shows how far the work is.
  func show(_ text: String) throws {
    if terminal.isTerminal {
      shown = String(text.prefix(max(terminal.width - 1, 1)))
      try terminal.write("\r\u{1B}[K" + shown)
    } else if lastLine.map({ (clock.now - $0) / .seconds(1) >= interval }) ?? true {
      try line(text)
    }
  }

  /// Writes lines that stay, above the progress.
  func line(_ text: String = "") throws {
    lastLine = clock.now
    if shown.isEmpty { return try terminal.line(text) }
    try terminal.write("\r\u{1B}[K\(text)\n\(shown)")
  }

  /// Takes the progress away, as the work is done.
  func clear() throws {
    if shown.isEmpty { return }
    shown = ""
    try terminal.write("\r\u{1B}[K")
  }
}
