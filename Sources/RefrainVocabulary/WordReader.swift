/// What a scalar does to the word it stands in or beside.
enum ScalarKind: UInt8, Sendable {
  case letter, digit
  /// Belongs to what stands before it: combining marks, emoji modifiers.
  case mark
  /// Binds what stands before it to what follows: the zero-width joiner.
  case joiner
  /// Stands for a word or a syllable by itself, in scripts written without spaces.
  case ideograph
  case space, lineFeed, carriageReturn
  case other

  init(_ scalar: UInt32) {
    if scalar < 0x80 {
      self = Self.ascii[Int(scalar)]
    } else {
      self = scalar < 0x10000 ? Self.basicPlane[Int(scalar)] : Self.beyondASCII(scalar)
    }
  }

  /// Whether `byte` is one of the ASCII letters, digits and the underscore.
  @inline(__always)
  static func isASCIIWord(_ byte: UInt8) -> Bool {
    let set: UInt64 = byte & 0x40 == 0 ? 0x03FF_0000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
    return byte < 0x80 && set >> UInt64(byte & 0x3F) & 1 == 1
  }

  private static let ascii: [ScalarKind] = (0..<128).map { value in
    switch Unicode.Scalar(UInt8(value)) {
    case "a"..."z", "A"..."Z", "_": .letter
    case "0"..."9": .digit
    case " ": .space
    case "\n": .lineFeed
    case "\r": .carriageReturn
    default: .other
    }
  }

  /// The standard library takes long to say what a scalar is; it is asked once.
  private static let basicPlane: [ScalarKind] = (0..<0x10000).map { beyondASCII($0) }

  private static func beyondASCII(_ value: UInt32) -> ScalarKind {
    switch value {
    case 0x200C, 0x1F3FB...0x1F3FF: return .mark
    case 0x200D: return .joiner
    case 0xC0...0x24F where value != 0xD7 && value != 0xF7: return .letter
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3041...0x30FF: return .ideograph
    default: break
    }
    guard let scalar = Unicode.Scalar(value) else { return .other }
    if scalar.properties.isIdeographic { return .ideograph }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber, .connectorPunctuation:
      return .letter
    case .decimalNumber, .otherNumber: return .digit
    case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
    default: return .other
    }
  }
}

/// Cuts text into the pieces that word tokens stand for.
///
/// A piece is a word (letters, digits and marks, with apostrophes between letters and points and
/// commas between digits), a line break (`\n`, `\r\n` or `\r`), a run of points or of hyphens, or
/// any other scalar with the marks that belong to it. Spaces lie between pieces.
package struct WordReader {
  /// Longer words are cut, so that a piece always fits into a buffer.
  package static let longestWord = 64
  /// Longer runs of points, hyphens and marks are cut.
  static let longestRun = 16
  /// The bytes that a reader may need to see to know where a piece ends.
  static let lookAhead = 4 * (longestWord + 4)

  /// The UTF-8 bytes of the piece read last; an invalid sequence is spelled U+FFFD.
  private(set) var spelling: [UInt8] = []
  /// The invalid sequences in the piece read last.
  private(set) var invalid = 0
  /// The valid characters of two bytes and more in the piece read last.
  private(set) var long = 0

  init() { spelling.reserveCapacity(Self.lookAhead) }

  /// Reads the piece at `start`, where no space stands.
  ///
  /// - Returns: the position after it, or nil if `bytes` end before the piece surely does.
  mutating func readPiece(_ bytes: Span<UInt8>, at start: Int, isLast: Bool) -> Int? {
    spelling.removeAll(keepingCapacity: true)
    (invalid, long) = (0, 0)
    let first = readScalar(bytes, at: start, isLast: isLast)
    guard first.length > 0 else { return nil }
    take(first)
    let end = start + first.length
    switch ScalarKind(first.value) {
    case .lineFeed, .space: return end
    case .carriageReturn:
      let next = readScalar(bytes, at: end, isLast: isLast)
      guard next.length > 0 else { return isLast ? end : nil }
      guard next.value == 0x0A else { return end }
      take(next)
      return end + 1
    case .letter, .digit, .mark: return readWord(bytes, from: end, first.value, isLast)
    case .joiner, .ideograph, .other: return readRun(bytes, from: end, first.value, isLast)
    }
  }

  private mutating func readWord(
    _ bytes: Span<UInt8>, from start: Int, _ first: UInt32, _ isLast: Bool
  ) -> Int? {
    var end = start
    var previous = ScalarKind(first)
    var length = 1
    while length < Self.longestWord {
      let run = takeASCIIWord(bytes, from: end, limit: Self.longestWord - length)
      if run > 0 {
        end += run
        length += run
        previous = bytes[end - 1] < 0x3A ? .digit : .letter
        continue
      }
      let next = readScalar(bytes, at: end, isLast: isLast)
      guard next.length > 0 else { return isLast ? end : nil }
      let kind = ScalarKind(next.value)
      switch kind {
      case .letter, .digit, .mark, .joiner:
        take(next)
        end += next.length
        previous = kind == .mark || kind == .joiner ? previous : kind
      case .other:
        guard Self.canStandInside(next.value, after: previous) else { return end }
        let after = readScalar(bytes, at: end + next.length, isLast: isLast)
        guard after.length > 0 else { return isLast ? end : nil }
        guard ScalarKind(after.value) == previous else { return end }
        take(next)
        end += next.length
      case .ideograph, .space, .lineFeed, .carriageReturn: return end
      }
      length += 1
    }
    return end
  }

  private mutating func readRun(
    _ bytes: Span<UInt8>, from start: Int, _ first: UInt32, _ isLast: Bool
  ) -> Int? {
    var end = start
    let repeats = first == 0x2D || first == 0x2E
    var isJoined = first == 0x200D
    for _ in 1..<Self.longestRun {
      let next = readScalar(bytes, at: end, isLast: isLast)
      guard next.length > 0 else { return isLast ? end : nil }
      let kind = ScalarKind(next.value)
      let belongs =
        kind == .mark || kind == .joiner || repeats && next.value == first
        || isJoined && kind == .other && next.value >= 0x80
      guard belongs else { return end }
      take(next)
      end += next.length
      isJoined = kind == .joiner
    }
    return end
  }

  /// Takes ASCII letters, digits and underscores at once, and says how many.
  private mutating func takeASCIIWord(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Int {
    let end = min(bytes.count, start + limit)
    var next = start
    while next < end, ScalarKind.isASCIIWord(bytes[next]) { next += 1 }
    guard next > start else { return 0 }
    let run = bytes.extracting(start..<next)
    run.withUnsafeBufferPointer { spelling.append(contentsOf: $0) }
    return next - start
  }

  private mutating func take(_ read: ScalarRead) {
    appendUTF8(read.value, to: &spelling)
    if !read.isValid {
      invalid += 1
    } else if read.length > 1 {
      long += 1
    }
  }

  private static func canStandInside(_ scalar: UInt32, after previous: ScalarKind) -> Bool {
    switch scalar {
    case 0x27, 0x2019: previous == .letter  // the straight and the curly apostrophe
    case 0x2C, 0x2E: previous == .digit  // a comma or a point in a number
    default: false
    }
  }
}
