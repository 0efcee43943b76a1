internal import Refrain

/// The tags that may stand before a sound file, most often before MP3 (https://id3.org/id3v2.3.0).
enum ID3Tags {
  /// More than anybody's programs leave behind.
  private static let most = 100

  /// Whether `bytes` begin with a tag.
  static func begin(_ bytes: [UInt8]) -> Bool { length(of: bytes) != nil }

  /// Where `file` goes on behind its tags, 0 without any; nil: it has more of them than can be meant.
  static func end(in file: ByteFile) throws -> Int? {
    var position = 0
    for _ in 0...most {
      guard file.size >= position + 10,
        let length = length(of: try file.read(at: position, count: 10))
      else { return position }
      position += length
    }
    return nil
  }

  private static func length(of bytes: [UInt8]) -> Int? {
    guard bytes.count >= 10, bytes.starts(with: Array("ID3".utf8)) else { return nil }
    guard (2...4).contains(bytes[3]), bytes[4] != 0xFF, bytes[5] & 0x0F == 0 else { return nil }
    let digits = bytes[6..<10]
    guard digits.allSatisfy({ $0 < 0x80 }) else { return nil }
    return 10 + digits.reduce(0) { $0 << 7 | Int($1) }
  }
}
