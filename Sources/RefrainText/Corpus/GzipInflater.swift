internal import CZlib

/// Gives bytes in order, as many as there is room for; 0 at the end.
typealias ByteSource = (UnsafeMutableRawBufferPointer) throws -> Int

/// Decompresses gzip data, several members one after the other included, while it is read.
final class GzipInflater {
  private let source: ByteSource
  private let name: String
  private var stream = z_stream()
  private let input: UnsafeMutableRawBufferPointer
  private var isBetweenMembers = false
  private var isAtEnd = false

  /// - Parameters:
  ///   - source: the compressed bytes, from a gzip header on.
  ///   - name: what errors call the input.
  init(_ source: @escaping ByteSource, name: String) {
    self.source = source
    self.name = name
    input = .allocate(byteCount: 65_536, alignment: 16)
    // 15 + 16: the largest window, and a gzip header.
    let result = inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(result == Z_OK, "zlib has no memory or another version")
  }

  deinit {
    inflateEnd(&stream)
    input.deallocate()
  }

  /// The next decompressed bytes.
  func read(into output: UnsafeMutableRawBufferPointer) throws -> Int {
    stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(output.count)
    while stream.avail_out > 0, !isAtEnd {
      if stream.avail_in == 0, try refill() == 0 {
        guard isBetweenMembers else { throw broken("it ends too early") }
        isAtEnd = true
        break
      }
      if isBetweenMembers { try beginNextMember() } else { try inflateSome() }
    }
    return output.count - Int(stream.avail_out)
  }

  private func refill() throws -> Int {
    let count = try source(input)
    stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_in = UInt32(count)
    return count
  }

  private func inflateSome() throws {
    switch inflate(&stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isBetweenMembers = true
    default: throw broken(stream.msg.map { String(cString: $0) } ?? "the data is damaged")
    }
  }

  /// Tapes and some programs pad with zeros; anything else has to be another member.
  private func beginNextMember() throws {
    while stream.avail_in > 0, stream.next_in.pointee == 0 {
      stream.next_in += 1
      stream.avail_in -= 1
    }
    guard stream.avail_in > 0 else { return }
    inflateReset(&stream)
    isBetweenMembers = false
  }

  private func broken(_ reason: String) -> TextInputError {
    .brokenGzip(path: name, reason: reason)
  }
}
