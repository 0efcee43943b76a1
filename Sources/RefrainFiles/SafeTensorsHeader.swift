/// The header of a safetensors file as it was written: well-formed, but not yet compared with the
/// file it stands in.
struct SafeTensorsHeader {
  struct Entry {
    let name: String
    let dtype: SafeTensors.DType
    let shape: [Int]
    /// Where the bytes begin and end, counted from the end of the header.
    let begin: Int
    let end: Int
  }

  private(set) var entries: [Entry] = []
  private(set) var metadata: [String: String] = [:]
  private(set) var warnings: [String] = []

  /// Where the digits of the file's own hash stand in the header.
  private(set) var hashDigits: Range<Int>?

  /// Reads the header in `bytes`, all that stands between its length and the tensors.
  init(_ bytes: [UInt8], path: String) throws {
    do throws(JSONProblem) {
      try read(JSONScanner(bytes))
    } catch {
      throw SafeTensorsError.malformedHeader(
        path: path, offset: Self.start + error.offset, problem: error.sentence)
    }
  }

  /// Where a header begins in its file: after its length.
  static let start = 8

  private mutating func read(_ json: JSONScanner) throws(JSONProblem) {
    var json = json
    // JSON may begin with space, this format may not: who looks at the first byte only would take
    // the file for another one.
    guard json.bytes.first == UInt8(ascii: "{") else {
      throw json.problem("“{” is expected")
    }
    try json.readObject { (json, key) throws(JSONProblem) in
      if key.text == SafeTensors.metadataKey {
        try readMetadata(&json)
      } else {
        try readEntry(&json, name: key.text)
      }
    }
    json.skipSpace()
    guard json.isAtEnd else { throw json.problem("the header goes on after its end") }
  }

  private mutating func readMetadata(_ json: inout JSONScanner) throws(JSONProblem) {
    try json.readObject { (json, key) throws(JSONProblem) in
      let value = try json.readString()
      // A value of another length is some other program's "hash".
      if key.text == SafeTensors.hashKey, value.range.count == FileHash.digitCount {
        hashDigits = value.range
      } else {
        metadata[key.text] = value.text
      }
    }
  }

  private mutating func readEntry(
    _ json: inout JSONScanner, name: String
  ) throws(JSONProblem) {
    guard entries.count < SafeTensors.mostTensors else {
      let most = SafeTensors.mostTensors.grouped
      throw json.problem("it lists more than \(most) tensors, more than any model has")
    }
    let start = json.position
    var dtype: SafeTensors.DType?
    var shape: [Int]?
    var offsets: [Int]?
    try json.readObject { (json, key) throws(JSONProblem) in
      switch key.text {
      case "dtype": dtype = try Self.readDType(&json)
      case "shape": shape = try Self.readCounts(&json, atMost: SafeTensors.mostDimensions)
      case "data_offsets": offsets = try Self.readCounts(&json, atMost: 2)
      default:
        try json.skipValue()
        warn("its tensor \(name.quoted) has the unknown field \(key.text.quoted)")
      }
    }
    guard let dtype, let shape, let offsets, offsets.count == 2 else {
      throw json.problem(
        "the tensor \(name.quoted) lacks its dtype, its shape or its two data_offsets", at: start)
    }
    entries.append(
      Entry(name: name, dtype: dtype, shape: shape, begin: offsets[0], end: offsets[1]))
  }

  private static func readDType(
    _ json: inout JSONScanner
  ) throws(JSONProblem) -> SafeTensors.DType {
    let start = json.position
    let name = try json.readString().text
    guard let dtype = SafeTensors.DType(rawValue: name) else {
      throw json.problem("the type \(name.quoted) is unknown", at: start)
    }
    return dtype
  }

  private static func readCounts(
    _ json: inout JSONScanner, atMost limit: Int
  ) throws(JSONProblem) -> [Int] {
    var counts: [Int] = []
    try json.readArray { (json) throws(JSONProblem) in
      guard counts.count < limit else {
        throw json.problem("there are more than \(limit) numbers")
      }
      counts.append(try json.readCount())
    }
    return counts
  }

  private mutating func warn(_ sentence: String) {
    // A strange file has the same strangeness everywhere: a few sentences are enough.
    if warnings.count < 16 { warnings.append(sentence) }
  }
}
