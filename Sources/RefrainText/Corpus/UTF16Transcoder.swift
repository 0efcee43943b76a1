/// Turns UTF-16 into UTF-8 while it is read; a surrogate without its other half becomes U+FFFD.
final class UTF16Transcoder {
  private let source: ByteSource
  private let isBigEndian: Bool
  private var input = [UInt8](repeating: 0, count: 32_768)
  private var available = 0
  private var position = 0
  private var highSurrogate: UInt32?
  private var pending: [UInt8] = []
  private(set) var invalid = 0

  /// - Parameter source: UTF-16 from its byte-order mark on, which is left out.
  init(_ source: @escaping ByteSource, isBigEndian: Bool) throws {
    self.source = source
    self.isBigEndian = isBigEndian
    _ = try nextCodeUnit()
  }

  /// The next bytes of UTF-8.
  func read(into output: UnsafeMutableRawBufferPointer) throws -> Int {
    while pending.count < output.count, let codeUnit = try nextCodeUnit() { take(codeUnit) }
    if pending.count < output.count, highSurrogate != nil { takeInvalid() }
    let count = min(output.count, pending.count)
    for i in 0..<count { output[i] = pending[i] }
    pending.removeFirst(count)
    return count
  }

  private func take(_ codeUnit: UInt32) {
    if let high = highSurrogate {
      if (0xDC00...0xDFFF).contains(codeUnit) {
        highSurrogate = nil
        append(0x10000 + (high - 0xD800) << 10 + (codeUnit - 0xDC00))
        return
      }
      takeInvalid()
    }
    switch codeUnit {
    case 0xD800...0xDBFF: highSurrogate = codeUnit
    case 0xDC00...0xDFFF: takeInvalid()
    default: append(codeUnit)
    }
  }

  private func takeInvalid() {
    highSurrogate = nil
    invalid += 1
    append(0xFFFD)
  }

  private func append(_ value: UInt32) {
    guard let scalar = Unicode.Scalar(value) else { return }
    pending.append(contentsOf: UTF8.encode(scalar)!)
  }

  /// The next code unit; a last odd byte is an invalid one.
  private func nextCodeUnit() throws -> UInt32? {
    guard let first = try nextByte() else { return nil }
    guard let second = try nextByte() else { return 0xDC00 }
    return isBigEndian
      ? UInt32(first) << 8 | UInt32(second) : UInt32(second) << 8 | UInt32(first)
  }

  private func nextByte() throws -> UInt8? {
    if position == available {
      available = try input.withUnsafeMutableBytes { try source($0) }
      position = 0
      if available == 0 { return nil }
    }
    position += 1
    return input[position - 1]
  }
}
