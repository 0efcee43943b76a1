internal import Refrain

/// The chunks of a RIFF (WAV) or FORM (AIFF) file.
///
/// libsndfile corrects a length that the file does not have without a word, and it is not shown the
/// texts of a RIFF file (``RIFFSource``); both can be had from the chunks themselves.
struct SoundChunks {
  /// In bytes; what comes after it is left out.
  private static let longestText = 1 << 16

  private struct Chunk {
    var name: [UInt8]
    var start: Int
    var length: Int
  }

  /// Bytes of sound that the header promises; nil where it leaves the length open.
  private(set) var promisedBytes: Int?
  /// Bytes of sound that the file has; nil without any chunk of sound.
  private(set) var presentBytes: Int?
  /// The texts of the file's information by their names: `INAM` is a title, `ICMT` a comment.
  private(set) var texts: [String: [UInt8]] = [:]

  /// Nil for files of other kinds.
  ///
  /// - Parameter start: where `file` begins.
  init?(_ file: ByteFile, from start: Int) throws {
    guard file.size >= start + 12 else { return nil }
    let kind = try file.read(at: start, count: 4)
    let isBigEndian: Bool
    switch String(decoding: kind, as: UTF8.self) {
    case "RIFF", "RF64": isBigEndian = false
    case "RIFX", "FORM": isBigEndian = true
    default: return nil
    }
    let soundName = kind == Array("FORM".utf8) ? "SSND" : "data"
    for chunk in try Self.chunks(of: file, from: start + 12, to: file.size, isBigEndian) {
      switch String(decoding: chunk.name, as: UTF8.self) {
      case soundName where presentBytes == nil:
        presentBytes = min(chunk.length, file.size - chunk.start)
        // What writes to a pipe cannot come back to fill in the length.
        promisedBytes = chunk.length == Int(UInt32.max) ? nil : chunk.length
      case "LIST":
        try texts.merge(Self.texts(in: chunk, of: file, isBigEndian)) { first, _ in first }
      default: break
      }
    }
  }

  private static func chunks(
    of file: ByteFile, from start: Int, to end: Int, _ isBigEndian: Bool
  ) throws -> [Chunk] {
    var chunks: [Chunk] = []
    var position = start
    var soundLength: Int?
    // A file of a thousand chunks is none that anybody made for its sound.
    while position + 8 <= end, chunks.count < 1000 {
      let header = try file.read(at: position, count: 8)
      var length = number(header[4...], isBigEndian)
      // An RF64 file says elsewhere how long its sound is, in eight bytes (EBU Tech 3306).
      switch String(decoding: header[..<4], as: UTF8.self) {
      case "ds64" where length >= 16 && position + 24 <= end:
        soundLength = number(try file.read(at: position + 16, count: 8)[...], isBigEndian)
      case "data" where length == Int(UInt32.max): length = soundLength ?? length
      default: break
      }
      chunks.append(Chunk(name: Array(header[..<4]), start: position + 8, length: length))
      position += 8 + length + length % 2
    }
    return chunks
  }

  /// At most 2⁵⁶: more bytes than any file has.
  private static func number(_ bytes: ArraySlice<UInt8>, _ isBigEndian: Bool) -> Int {
    let digits = isBigEndian ? Array(bytes) : bytes.reversed()
    return digits.reduce(0) { min($0, 1 << 48) << 8 | Int($1) }
  }

  private static func texts(
    in list: Chunk, of file: ByteFile, _ isBigEndian: Bool
  ) throws -> [String: [UInt8]] {
    let end = min(list.start + list.length, file.size)
    guard end - list.start >= 4,
      try file.read(at: list.start, count: 4) == Array("INFO".utf8)
    else { return [:] }
    var texts: [String: [UInt8]] = [:]
    for chunk in try chunks(of: file, from: list.start + 4, to: end, isBigEndian)
    where chunk.start + chunk.length <= end {
      let text = try file.read(at: chunk.start, count: min(chunk.length, longestText))
      let name = String(decoding: chunk.name, as: UTF8.self)
      if texts[name] == nil { texts[name] = Array(text.prefix { $0 != 0 }) }
    }
    return texts
  }
}
