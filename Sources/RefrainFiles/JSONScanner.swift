/// What is wrong with a piece of JSON, and where.
struct JSONProblem: Error {
  let offset: Int
  let sentence: String
}

/// Reads JSON from bytes, front to back, without building a tree.
///
/// It is our own because a header comes from a stranger: the readers at hand take duplicate keys
/// without a word, or descend as deep as they are told to, until the stack ends. It knows the JSON
/// of RFC 8259 and nothing beyond it.
struct JSONScanner {
  let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Objects and arrays that are skipped may be nested this deep, and no deeper.
  private static let deepest = 16

  /// An object has no more keys: they are all kept, to find the second of a kind.
  private static let mostKeys = SafeTensors.mostTensors + 1

  var isAtEnd: Bool { position == bytes.count }

  func problem(_ sentence: String, at offset: Int? = nil) -> JSONProblem {
    JSONProblem(offset: offset ?? position, sentence: sentence)
  }

  // MARK: - Structure

  mutating func skipSpace() {
    while position < bytes.count, " \t\n\r".utf8.contains(bytes[position]) { position += 1 }
  }

  mutating func expect(_ character: Unicode.Scalar) throws(JSONProblem) {
    skipSpace()
    guard take(character) else { throw problem("“\(character)” is expected") }
  }

  /// Reads an object, calling `member` with every key; it has to read the value.
  ///
  /// A key that stands there twice is refused: two readers could take either for the right one.
  mutating func readObject(
    _ member: (inout JSONScanner, JSONString) throws(JSONProblem) -> Void
  ) throws(JSONProblem) {
    try expect("{")
    skipSpace()
    if take("}") { return }
    var keys: Set<String> = []
    repeat {
      skipSpace()
      let start = position
      let key = try readString()
      guard keys.count < Self.mostKeys else {
        throw problem("there are more than \(Self.mostKeys.grouped) entries", at: start)
      }
      guard keys.insert(key.text).inserted else {
        throw problem("the key \(key.text.quoted) stands for the second time", at: start)
      }
      try expect(":")
      skipSpace()
      try member(&self, key)
      skipSpace()
    } while take(",")
    try expect("}")
  }

  /// Reads an array, calling `element` at every element; it has to read it.
  mutating func readArray(
    _ element: (inout JSONScanner) throws(JSONProblem) -> Void
  ) throws(JSONProblem) {
    try expect("[")
    skipSpace()
    if take("]") { return }
    repeat {
      skipSpace()
      try element(&self)
      skipSpace()
    } while take(",")
    try expect("]")
  }

  // MARK: - Values

  /// Reads an integer from 0, written in plain digits.
  mutating func readCount() throws(JSONProblem) -> Int {
    let start = position
    try skipDigits()
    var count = 0
    for digit in bytes[start..<position] {
      let (tens, overflow) = count.multipliedReportingOverflow(by: 10)
      let (sum, carried) = tens.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      guard !overflow, !carried else { throw problem("the number is too large", at: start) }
      count = sum
    }
    guard position - start == 1 || bytes[start] != UInt8(ascii: "0") else {
      throw problem("a number begins with 0", at: start)
    }
    return count
  }

  /// Reads any value and forgets it.
  mutating func skipValue(depth: Int = 0) throws(JSONProblem) {
    guard position < bytes.count else { throw problem("the header ends within a value") }
    guard depth < Self.deepest else { throw problem("values are nested too deep") }
    switch bytes[position] {
    case UInt8(ascii: "{"):
      try readObject { (scanner, _) throws(JSONProblem) in try scanner.skipValue(depth: depth + 1) }
    case UInt8(ascii: "["):
      try readArray { (scanner) throws(JSONProblem) in try scanner.skipValue(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try readString()
    case UInt8(ascii: "t"): try skipWord("true")
    case UInt8(ascii: "f"): try skipWord("false")
    case UInt8(ascii: "n"): try skipWord("null")
    default: try skipNumber()
    }
  }

  private mutating func skipWord(_ word: StaticString) throws(JSONProblem) {
    let start = position
    for character in word.description.unicodeScalars where !take(character) {
      throw problem("“\(word)” is expected", at: start)
    }
  }

  private mutating func skipNumber() throws(JSONProblem) {
    _ = take("-")
    if !take("0") { try skipDigits() }
    if take(".") { try skipDigits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try skipDigits()
    }
  }

  private mutating func skipDigits() throws(JSONProblem) {
    let start = position
    while position < bytes.count, Self.digits.contains(bytes[position]) { position += 1 }
    guard position > start else { throw problem("a number in plain digits is expected") }
  }

  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

  /// Steps over `character` if it is the next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func advance(to position: Int) {
    self.position = position
  }
}
