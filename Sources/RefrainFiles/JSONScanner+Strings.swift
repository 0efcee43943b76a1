/// A string read from JSON, and where its characters stand between the quotes.
struct JSONString {
  let text: String
  let range: Range<Int>
}

extension JSONScanner {
  mutating func readString() throws(JSONProblem) -> JSONString {
    let start = position
    guard take("\"") else { throw problem("a string in quotes is expected") }
    let first = position
    let end = try endOfString(from: first, start: start)
    let raw = bytes[first..<end]
    advance(to: end + 1)
    let characters = raw.contains(UInt8(ascii: "\\")) ? try unescaped(raw) : Array(raw)
    guard let text = String(validating: characters, as: UTF8.self) else {
      throw problem("the text is not UTF-8", at: start)
    }
    return JSONString(text: text, range: first..<end)
  }

  /// Where the quote stands that closes the string.
  private func endOfString(from first: Int, start: Int) throws(JSONProblem) -> Int {
    var index = first
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      guard bytes[index] >= 0x20 else {
        throw problem("a control character stands in a string", at: index)
      }
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard index < bytes.count else { throw problem("a string has no end", at: start) }
    return index
  }

  private func unescaped(_ raw: ArraySlice<UInt8>) throws(JSONProblem) -> [UInt8] {
    var characters: [UInt8] = []
    characters.reserveCapacity(raw.count)
    var rest = raw
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        characters.append(byte)
        continue
      }
      let offset = rest.startIndex - 1
      switch rest.popFirst().map(Unicode.Scalar.init) {
      case "\"": characters.append(UInt8(ascii: "\""))
      case "\\": characters.append(UInt8(ascii: "\\"))
      case "/": characters.append(UInt8(ascii: "/"))
      case "b": characters.append(0x08)
      case "f": characters.append(0x0C)
      case "n": characters.append(0x0A)
      case "r": characters.append(0x0D)
      case "t": characters.append(0x09)
      case "u":
        guard let scalar = Self.scalar(after: &rest) else {
          throw problem("“\\u” names no character", at: offset)
        }
        characters.append(contentsOf: Array(String(scalar).utf8))
      default: throw problem("a backslash stands before the wrong character", at: offset)
      }
    }
    return characters
  }

  /// The character that `XXXX` or `XXXX\uXXXX`, a surrogate pair, stands for.
  private static func scalar(after rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard let first = codeUnit(from: &rest) else { return nil }
    guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
    guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"),
      let second = codeUnit(from: &rest), UTF16.isTrailSurrogate(second)
    else { return nil }
    let high = UInt32(first - 0xD800) << 10
    return Unicode.Scalar(0x10000 + high + UInt32(second - 0xDC00))
  }

  private static func codeUnit(from rest: inout ArraySlice<UInt8>) -> UInt16? {
    let digits = rest.prefix(4)
    rest = rest.dropFirst(4)
    guard digits.count == 4 else { return nil }
    var codeUnit: UInt16 = 0
    for digit in digits {
      guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
      codeUnit = codeUnit << 4 | UInt16(value)
    }
    return codeUnit
  }
}
