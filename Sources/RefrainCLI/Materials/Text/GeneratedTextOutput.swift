/// Prints generated texts as they are made.
///
/// A terminal is shown every piece; a file or a pipe is written to when some thousand bytes have come
/// together or a moment has passed, since a call of the system per character would take longer than
/// making the character.
final class GeneratedTextOutput {
  private let prompt: String
  private let count: Int
  private let asJSON: Bool
  private let terminal = Terminal.output
  private let clock = ContinuousClock()
  private var lastWrite: ContinuousClock.Instant
  private var waiting: [UInt8] = []
  private var last: UInt8?
  private var index = 0
  /// The whole text, for JSON.
  private var text = ""

  /// Bytes after which a file or pipe is written to, and the time after which it is.
  private static let largestWait = (bytes: 8192, time: Duration.milliseconds(50))

  /// - Parameter count: texts to come; several are given a heading each.
  init(prompt: String, count: Int, asJSON: Bool) {
    self.prompt = prompt
    self.count = count
    self.asJSON = asJSON
    lastWrite = clock.now
  }

  /// Begins text number `index`, counted from 1, with the prompt.
  func begin(_ index: Int) throws {
    self.index = index
    text = ""
    if asJSON { return }
    if count > 1 { put((index > 1 ? "\n" : "") + "--- \(index) ---\n") }
    put(prompt)
    try flush()
  }

  /// Adds a piece of the text.
  func add(_ piece: String) throws {
    if asJSON {
      text += piece
      return
    }
    put(piece)
    if terminal.isTerminal || waiting.count >= Self.largestWait.bytes
      || clock.now - lastWrite >= Self.largestWait.time
    {
      try flush()
    }
  }

  /// Ends the text, and its last line.
  func end(tokens: Int? = nil, logProbability: Double? = nil) throws {
    if asJSON {
      var members: [(key: String, value: JSONValue)] = [
        ("index", .integer(index)), ("prompt", .string(prompt)), ("text", .string(text)),
      ]
      if let tokens { members.append(("tokens", .integer(tokens))) }
      if let logProbability { members.append(("log_probability", .number(logProbability))) }
      return try terminal.json(.object(members))
    }
    if last != UInt8(ascii: "\n") { put("\n") }
    try flush()
  }

  private func put(_ text: String) {
    waiting += text.utf8
    last = waiting.last ?? last
  }

  private func flush() throws {
    if waiting.isEmpty { return }
    try terminal.write(waiting)
    waiting.removeAll(keepingCapacity: true)
    lastWrite = clock.now
  }
}
