/// Encodes a text that is read in blocks.
///
/// ``Vocabulary/encode(_:)`` and every corpus of files use it, so that a prompt and a training text
/// are read by the same rules.
package struct Tokenizer: Sendable {
  /// The tokens that one step may write: output spans hold at least as many.
  package static let room = 64
  /// The bytes that one step may need to see: blocks that are not the last hold at least as many.
  package static let lookAhead = WordReader.lookAhead + Vocabulary.longestSpaces
  /// The ``state`` at the beginning of a text.
  package static let initialState = WordSpacing().packed

  private let vocabulary: Vocabulary
  private let tables: Vocabulary.Tables
  private let ascii: [Int32]
  private var spacing: WordSpacing
  private var reader = WordReader()
  private var fallbacks: [UInt32: [Int32]] = [:]

  /// What the vocabulary lacks and what became of it.
  package private(set) var substitutions: Substitutions
  /// The invalid UTF-8 sequences met.
  package private(set) var invalid = 0
  /// The valid characters of two bytes and more.
  package private(set) var long = 0

  /// - Parameters:
  ///   - state: the ``state`` of the tokenizer that came this far; without one the text begins here.
  ///   - listsWords: whether unknown words are listed one by one, not only counted.
  package init(_ vocabulary: Vocabulary, state: UInt8 = initialState, listsWords: Bool = true) {
    self.vocabulary = vocabulary
    tables = vocabulary.tables
    ascii = (0..<128).map { vocabulary.tables.scalars.index(of: $0) }
    spacing = WordSpacing(packed: state)
    substitutions = Substitutions(listsWords: listsWords)
  }

  /// What has to be known of the text before to go on from here: the spacing rule's memory.
  package var state: UInt8 { spacing.packed }

  /// Encodes the front of `bytes` until `tokens` is full or the rest may go on beyond `bytes`.
  ///
  /// - Parameter isLast: whether the text ends where `bytes` do.
  /// - Returns: the number of bytes used and of tokens written.
  package mutating func encode(
    _ bytes: Span<UInt8>, isLast: Bool, into tokens: inout MutableSpan<Int32>
  ) -> (bytes: Int, tokens: Int) {
    precondition(tokens.count >= Self.room, "a tokenizer writes up to 64 tokens at a time")
    return switch vocabulary.tokenKind {
    case .byte: encodeBytes(bytes, into: &tokens)
    case .character: encodeCharacters(bytes, isLast, into: &tokens)
    case .word: encodeWords(bytes, isLast, into: &tokens)
    }
  }

  private func encodeBytes(
    _ bytes: Span<UInt8>, into tokens: inout MutableSpan<Int32>
  ) -> (bytes: Int, tokens: Int) {
    let count = min(bytes.count, tokens.count)
    for i in 0..<count { tokens[i] = Int32(bytes[i]) }
    return (count, count)
  }

  // MARK: Characters

  private mutating func encodeCharacters(
    _ bytes: Span<UInt8>, _ isLast: Bool, into tokens: inout MutableSpan<Int32>
  ) -> (bytes: Int, tokens: Int) {
    var position = 0
    var written = 0
    let limit = tokens.count - Self.room
    while position < bytes.count, written <= limit {
      let byte = bytes[position]
      if byte < 0x80, ascii[Int(byte)] >= 0 {
        tokens[written] = ascii[Int(byte)]
        position += 1
        written += 1
        continue
      }
      let read = readScalar(bytes, at: position, isLast: isLast)
      guard read.length > 0 else { break }
      position += read.length
      if !read.isValid {
        invalid += 1
      } else if read.length > 1 {
        long += 1
      }
      let index = tables.scalars.index(of: read.value)
      if index >= 0 {
        tokens[written] = index
        written += 1
      } else {
        for token in fallback(for: read.value) {
          tokens[written] = token
          written += 1
        }
      }
    }
    return (position, written)
  }

  private mutating func fallback(for scalar: UInt32) -> [Int32] {
    if let known = fallbacks[scalar] {
      substitutions.repeatCharacter(scalar)
      return known
    }
    let replacement = CharacterFallback.replacement(for: scalar) {
      tables.scalars.index(of: $0.value) >= 0
    }
    let tokens = replacement.prefix(Self.room - 1).map { tables.scalars.index(of: $0.value) }
    fallbacks[scalar] = tokens
    var text = ""
    text.unicodeScalars.append(contentsOf: replacement)
    substitutions.addCharacter(scalar, replacement: text)
    return tokens
  }

  // MARK: Words

  private mutating func encodeWords(
    _ bytes: Span<UInt8>, _ isLast: Bool, into tokens: inout MutableSpan<Int32>
  ) -> (bytes: Int, tokens: Int) {
    var position = 0
    var written = 0
    let limit = tokens.count - Self.room
    while position < bytes.count, written <= limit {
      var start = position
      let longest = min(bytes.count, position + Vocabulary.longestSpaces)
      while start < longest, bytes[start] == 0x20 { start += 1 }
      let spaces = start - position
      if spaces == Vocabulary.longestSpaces || start == bytes.count {
        guard isLast || spaces == Vocabulary.longestSpaces else { break }
        writeSpaces(spaces, &tokens, &written)
        position = start
        continue
      }
      guard let end = reader.readPiece(bytes, at: start, isLast: isLast) else { break }
      invalid += reader.invalid
      long += reader.long
      let token = wordToken()
      let next = tables.classes[Int(token)]
      if !spacing.isExplicit, spaces == 0, spacing.impliesSpace(before: next) {
        tokens[written] = Vocabulary.join
        written += 1
      } else if spacing.isExplicit || spaces != (spacing.impliesSpace(before: next) ? 1 : 0) {
        writeSpaces(spaces, &tokens, &written)
      }
      tokens[written] = token
      written += 1
      spacing.advance(past: next)
      position = end
    }
    return (position, written)
  }

  private mutating func writeSpaces(
    _ count: Int, _ tokens: inout MutableSpan<Int32>, _ written: inout Int
  ) {
    var left = count
    while left > 0 {
      var length = left
      while tables.spaces[length] < 0 { length -= 1 }
      tokens[written] = tables.spaces[length]
      written += 1
      left -= length
    }
    if count > 0 { spacing.advance(past: .gap) }
  }

  /// The token of the piece that was read: as it is spelled, else in plain typography, else unknown.
  private mutating func wordToken() -> Int32 {
    let index = tables.spellings.index(of: reader.spelling)
    if index >= 0 { return index }
    let spelling = String(decoding: reader.spelling, as: UTF8.self)
    let plain = CharacterFallback.plainTypography(spelling)
    let plainIndex = tables.spellings.index(of: Array(plain.utf8))
    if plainIndex >= 0, tables.classes[Int(plainIndex)] != .gap {
      substitutions.addWord(spelling, replacement: plain)
      return plainIndex
    }
    substitutions.addWord(spelling, replacement: Vocabulary.unknownSpelling)
    return 0
  }
}
