/// What the beginning of a file says about the rest.
enum TextKind: Equatable {
  /// UTF-8, or something close enough to be read as such.
  case text
  case gzip
  case utf16(isBigEndian: Bool)
  case binary

  /// The bytes by which a file is judged.
  static let beginning = 65_536

  init(beginning bytes: some Collection<UInt8>) {
    let head = Array(bytes.prefix(4))
    if head.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if head.starts(with: [0xFF, 0xFE]), head != [0xFF, 0xFE, 0, 0] {
      self = .utf16(isBigEndian: false)
    } else if head.starts(with: [0xFE, 0xFF]) {
      self = .utf16(isBigEndian: true)
    } else {
      self = Self.looksBinary(bytes) ? .binary : .text
    }
  }

  /// A NUL byte, or more control characters than text has: one in ten.
  private static func looksBinary(_ bytes: some Collection<UInt8>) -> Bool {
    var controls = 0
    for byte in bytes where byte < 0x20 {
      switch byte {
      case 0: return true
      case 0x08...0x0D, 0x1B: break  // backspace, tab, line breaks, escape: terminals write them
      default: controls += 1
      }
    }
    return controls * 10 > bytes.count
  }
}

/// The UTF-8 byte-order mark, which is no part of a text.
package let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
