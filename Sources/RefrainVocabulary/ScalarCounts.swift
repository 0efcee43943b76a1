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

/// Counts the scalars of a text that is read in blocks, and records where every so many lie.
package struct ScalarCounts: ~Copyable {
  /// By the scalar's upper bits; only pages that are used are there.
  private let pages: UnsafeMutableBufferPointer<UnsafeMutablePointer<Int>?>
  /// Scalars between two marks.
  private let stride: Int

  /// - Parameter stride: scalars between two marks, at least 1.
  package init(stride: Int) {
    pages = .allocate(capacity: 0x1100)
    pages.initialize(repeating: nil)
    pages[0] = Self.emptyPage()
    self.stride = stride
  }

  deinit {
    for page in pages { page?.deallocate() }
    pages.deallocate()
  }

  private static func emptyPage() -> UnsafeMutablePointer<Int> {
    let page = UnsafeMutablePointer<Int>.allocate(capacity: 256)
    page.initialize(repeating: 0, count: 256)
    return page
  }

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
        countLong(read.value)
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
    var found: [(scalar: Unicode.Scalar, count: Int)] = []
    for (number, page) in pages.enumerated() {
      guard let page else { continue }
      for low in 0..<256 where page[low] > 0 {
        guard let scalar = Unicode.Scalar(UInt32(number << 8 | low)) else { continue }
        found.append((scalar, page[low]))
      }
    }
    return found
  }

  private mutating func countLong(_ scalar: UInt32) {
    let number = Int(scalar >> 8)
    let page = pages[number] ?? Self.emptyPage()
    pages[number] = page
    page[Int(scalar & 0xFF)] += 1
  }

  @inline(__always)
  private mutating func countASCII(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
    guard let counts = pages[0] else { return }
    for i in start..<end { counts[Int(bytes[i])] += 1 }
  }
}
