/// The bytes of a Standard MIDI File, read front to back; nothing is read beyond their end.
struct MIDIBytes {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next byte, which stays the next.
  var next: UInt8? { rest.first }

  mutating func byte() throws(MIDIProblem) -> UInt8 {
    guard let byte = rest.popFirst() else { throw .endsEarly }
    return byte
  }

  /// A number of `count` bytes, the most significant first.
  mutating func number(bytes count: Int) throws(MIDIProblem) -> Int {
    var number = 0
    for _ in 0..<count { number = number << 8 | Int(try byte()) }
    return number
  }

  /// A number of variable length: seven bits a byte, at most four bytes.
  mutating func variable() throws(MIDIProblem) -> Int {
    var number = 0
    for _ in 0..<4 {
      let byte = try byte()
      number = number << 7 | Int(byte & 0x7F)
      if byte < 0x80 { return number }
    }
    throw MIDIProblem(reason: "a number has no end")
  }

  /// The next `count` bytes, for themselves.
  mutating func part(_ count: Int) throws(MIDIProblem) -> MIDIBytes {
    guard count <= rest.count else { throw .endsEarly }
    let part = MIDIBytes(rest.prefix(count))
    rest = rest.dropFirst(count)
    return part
  }
}

/// What is wrong with a Standard MIDI File.
struct MIDIProblem: Error {
  let reason: String

  static let endsEarly = MIDIProblem(reason: "it ends too early")
}
