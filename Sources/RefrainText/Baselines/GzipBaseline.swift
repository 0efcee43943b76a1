import CZlib

/// How well a general compressor does on a text: what repetition alone can predict.
///
/// The text is compressed by deflate at level 9 and its size counted. Before it, the compressor is
/// shown the end of the training text, as much as it can look back (32 KiB), so that it does not
/// start knowing nothing where a trained model starts knowing much. Memory is constant: chunks of
/// any size are passed one after the other, and no compressed byte is kept.
///
/// ```swift
/// var baseline = try GzipBaseline()
/// baseline.prime(with: trainingText.utf8.span)
/// try baseline.compress(validationText.utf8.span)
/// let size = try baseline.finish()
/// ```
public struct GzipBaseline: ~Copyable {
  /// How far deflate looks back, and so how much of the training text helps, in bytes.
  public static let windowSize = 32 * 1_024

  /// What was compressed, and to what size.
  public struct Size: Equatable, Sendable {
    /// The bytes passed to ``GzipBaseline/compress(_:)``.
    public let bytes: Int
    /// The bytes they were compressed to, without any header.
    public let compressedBytes: Int

    package init(bytes: Int, compressedBytes: Int) {
      self.bytes = bytes
      self.compressedBytes = compressedBytes
    }

    /// The compressed bits per byte of the text; 0 for an empty one.
    public var bitsPerByte: Double { bits(per: bytes) }

    /// The compressed bits per token, where the text is `tokens` of them; 0 for none.
    public func bits(per tokens: Int) -> Double {
      tokens == 0 ? 0 : 8 * Double(compressedBytes) / Double(tokens)
    }
  }

  /// On the heap because zlib keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>
  private var dictionary: [UInt8] = []
  private var output = [UInt8](repeating: 0, count: 1 << 16)
  private var bytes = 0
  private var compressedBytes = 0

  /// A compressor that has seen nothing.
  ///
  /// - Throws: ``GzipError`` if zlib cannot start, for want of memory or because it is of another
  ///   version than the program was built with.
  public init() throws {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // Negative window bits: deflate alone, without the header and checksum of a file.
    let status = deflateInit2_(
      stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw GzipError.cannotStart(status) }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Shows the next piece of the training text; only the last ``windowSize`` bytes of all pieces
  /// have an effect. Comes before the first ``compress(_:)``.
  public mutating func prime(with chunk: Span<UInt8>) {
    precondition(bytes == 0, "a gzip baseline is primed before it compresses")
    let kept = chunk.extracting(last: Self.windowSize)
    dictionary.removeFirst(max(0, dictionary.count + kept.count - Self.windowSize))
    for i in kept.indices { dictionary.append(kept[i]) }
  }

  /// Compresses the next piece of the text.
  ///
  /// - Throws: ``GzipError`` if zlib fails, which it has no cause to.
  public mutating func compress(_ chunk: Span<UInt8>) throws {
    if chunk.isEmpty { return }
    if bytes == 0 { try setDictionary() }
    bytes += chunk.count
    // zlib counts the input in 32 bits.
    var rest = chunk
    while !rest.isEmpty {
      let piece = rest.extracting(first: 1 << 30)
      rest = rest.extracting(droppingFirst: piece.count)
      try deflate(piece, flush: Z_NO_FLUSH)
    }
  }

  /// Ends the text and says how small it became.
  ///
  /// - Throws: ``GzipError`` if zlib fails, which it has no cause to.
  public consuming func finish() throws -> Size {
    if bytes == 0 { return Size(bytes: 0, compressedBytes: 0) }
    try deflate(Span(), flush: Z_FINISH)
    return Size(bytes: bytes, compressedBytes: compressedBytes)
  }

  private func setDictionary() throws {
    let status = dictionary.withUnsafeBufferPointer {
      deflateSetDictionary(stream, $0.baseAddress, UInt32($0.count))
    }
    guard status == Z_OK || dictionary.isEmpty else { throw GzipError.failed(status) }
  }

  /// Passes input to zlib until it has taken all of it, and counts what comes out.
  private mutating func deflate(_ input: Span<UInt8>, flush: Int32) throws {
    let (stream, capacity) = (self.stream, output.count)
    var produced = 0
    let status = output.withUnsafeMutableBufferPointer { output in
      input.withUnsafeBufferPointer { input in
        // zlib's interface lacks a const: it does not write to its input.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        var status = Z_OK
        repeat {
          stream.pointee.next_out = output.baseAddress
          stream.pointee.avail_out = UInt32(capacity)
          status = CZlib.deflate(stream, flush)
          produced += capacity - Int(stream.pointee.avail_out)
        } while status == Z_OK && stream.pointee.avail_out == 0
        return status
      }
    }
    // Room left over and nothing to do is reported as a buffer error, and is none.
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      throw GzipError.failed(status)
    }
    compressedBytes += produced
  }
}

/// A failure of the library zlib.
public enum GzipError: Error, Equatable, CustomStringConvertible {
  /// A compressor could not be made; zlib's code.
  case cannotStart(Int32)
  /// A compressor did not go on; zlib's code.
  case failed(Int32)

  /// One sentence that says what failed.
  public var description: String {
    switch self {
    case .cannotStart(let code): "zlib cannot start compressing (its code is \(code))"
    case .failed(let code): "zlib failed to compress (its code is \(code))"
    }
  }
}
