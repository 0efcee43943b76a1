/// A place in a text where encoding can begin again.
package struct TextMark: Equatable, Sendable {
  /// The tokens before it.
  package var token: Int
  /// The bytes before it.
  package var offset: Int
  /// The tokenizer's ``Tokenizer/state`` there.
  package var state: UInt8

  package init(token: Int, offset: Int, state: UInt8 = Tokenizer.initialState) {
    self.token = token
    self.offset = offset
    self.state = state
  }
}

/// Counts the scalars of a text that is read in blocks, and notes where every so many lie.
package struct ScalarCounts: ~Copyable {
  private let counts: UnsafeMutableBufferPointer<Int>
  /// Scalars between two marks.
  private let stride: Int

  /// - Parameter stride: scalars between two marks, at least 1.
  package init(stride: Int) {
    counts = .allocate(capacity: 0x11_0000)
    counts.initialize(repeating: 0)
    self.stride = stride
  }

  deinit { counts.deallocate() }

  /// What was found in one document.
  package struct Document: Sendable {
    package var tokens = 0
    package var bytes = 0
    package var invalid = 0
    /// Scalars of two bytes and more.
    package var long = 0
    package var marks: [TextMark] = []

    package init() {}
  }

  /// Counts the scalars of `bytes`, which follow those already counted in `document`.
  ///
  /// - Returns: the bytes used; fewer than all only if a scalar is cut by the end of a block that
  ///   is not the last.
  package mutating func count(
    _ bytes: Span<UInt8>, isLast: Bool, in document: inout Document
  ) -> Int {
    var position = 0
    while position < bytes.count {
      let toMark = stride - document.tokens % stride
      let end = bytes.endOfASCII(from: position, limit: min(bytes.count, position + toMark))
      if end > position {
        countASCII(bytes, position, end)
        document.tokens += end - position
        position = end
      } else {
        let read = readScalar(bytes, at: position, isLast: isLast)
        guard read.length > 0 else { break }
        counts[Int(read.value)] += 1
        document.tokens += 1
        document.long += read.isValid ? 1 : 0
        document.invalid += read.isValid ? 0 : 1
        position += read.length
      }
      if document.tokens % stride == 0 {
        document.marks.append(TextMark(token: document.tokens, offset: document.bytes + position))
      }
    }
    document.bytes += position
    return position
  }

  /// The scalars found, in scalar order, with their counts.
  package var found: [(scalar: Unicode.Scalar, count: Int)] {
    counts.indices.compactMap { value in
      guard counts[value] > 0, let scalar = Unicode.Scalar(UInt32(value)) else { return nil }
      return (scalar, counts[value])
    }
  }

  @inline(__always)
  private mutating func countASCII(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
    for i in start..<end { counts[Int(bytes[i])] += 1 }
  }
}
