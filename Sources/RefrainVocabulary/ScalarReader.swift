/// One Unicode scalar read from UTF-8 bytes.
struct ScalarRead {
  /// The scalar's value; U+FFFD for an invalid sequence.
  var value: UInt32
  /// The bytes it takes, 1...4; 0 if the bytes end before the scalar surely does.
  var length: Int
  /// False for an invalid sequence.
  var isValid: Bool

  static let incomplete = ScalarRead(value: 0, length: 0, isValid: true)

  @inline(__always)
  static func invalid(_ length: Int) -> ScalarRead {
    ScalarRead(value: 0xFFFD, length: length, isValid: false)
  }
}

/// Reads the scalar at `start`. What is not UTF-8 is cut as Unicode recommends: the longest piece
/// that could have begun a scalar counts as one invalid sequence.
///
/// - Parameter isLast: whether the text ends where `bytes` do; otherwise a scalar that is cut by
///   the end of `bytes` is ``ScalarRead/incomplete``.
@inline(__always)
func readScalar(_ bytes: Span<UInt8>, at start: Int, isLast: Bool) -> ScalarRead {
  guard start < bytes.count else { return .incomplete }
  let lead = bytes[start]
  if lead < 0x80 { return ScalarRead(value: UInt32(lead), length: 1, isValid: true) }
  return readLongScalar(bytes, at: start, lead: lead, isLast: isLast)
}

private func readLongScalar(
  _ bytes: Span<UInt8>, at start: Int, lead: UInt8, isLast: Bool
) -> ScalarRead {
  let length: Int
  var allowed: ClosedRange<UInt8> = 0x80...0xBF
  switch lead {
  case 0xC2...0xDF: length = 2
  case 0xE0...0xEF:
    length = 3
    if lead == 0xE0 { allowed = 0xA0...0xBF }
    if lead == 0xED { allowed = 0x80...0x9F }
  case 0xF0...0xF4:
    length = 4
    if lead == 0xF0 { allowed = 0x90...0xBF }
    if lead == 0xF4 { allowed = 0x80...0x8F }
  default: return .invalid(1)
  }
  var value = UInt32(lead) & (0x7F >> UInt32(length))
  for offset in 1..<length {
    guard start + offset < bytes.count else { return isLast ? .invalid(offset) : .incomplete }
    let byte = bytes[start + offset]
    guard allowed.contains(byte) else { return .invalid(offset) }
    allowed = 0x80...0xBF
    value = value << 6 | UInt32(byte & 0x3F)
  }
  return ScalarRead(value: value, length: length, isValid: true)
}

/// Appends the UTF-8 spelling of `scalar`.
@inline(__always)
func appendUTF8(_ scalar: UInt32, to bytes: inout [UInt8]) {
  if scalar < 0x80 {
    bytes.append(UInt8(truncatingIfNeeded: scalar))
    return
  }
  if scalar < 0x800 {
    bytes.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
  } else {
    if scalar < 0x10000 {
      bytes.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
    } else {
      bytes.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
    }
    bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
  }
  bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
}

extension Span<UInt8> {
  /// The end of the run of ASCII bytes that begins at `start`, not beyond `limit`.
  @inline(__always)
  func endOfASCII(from start: Int, limit: Int) -> Int {
    var end = start
    let raw = self.bytes
    while end + 8 <= limit {
      let word = raw.unsafeLoadUnaligned(fromByteOffset: end, as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { break }
      end += 8
    }
    while end < limit, self[end] < 0x80 { end += 1 }
    return end
  }
}
