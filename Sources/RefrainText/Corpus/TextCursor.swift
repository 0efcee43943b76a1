internal import Refrain
import RefrainRuns

/// Reads the tokens of a ``TextCorpus``: one open file and two small buffers.
struct TextCursor: TokenCursor {
  private static let blockSize = 32_768

  private let index: TextCorpus.Index
  private var document: Int
  private var file: ReadableFile?
  private var tokenizer: Tokenizer
  /// The tokens of the document that have been given.
  private var given = 0

  /// Bytes of the document: `block[used..<filled]` are still to be encoded.
  private var block = [UInt8](repeating: 0, count: TextCursor.blockSize)
  private var used = 0
  private var filled = 0
  /// Where in the file the next block begins.
  private var offset = 0

  /// Encoded: `ready[taken..<encoded]` are still to be given.
  private var ready = [Int32](repeating: 0, count: 4096)
  private var taken = 0
  private var encoded = 0

  init(_ index: TextCorpus.Index, at position: Int) throws {
    self.index = index
    document = index.document(at: position)
    tokenizer = Tokenizer(index.vocabulary, listsWords: false)
    guard document < index.documents.count else { return }
    try open(skipping: position - index.documents[document].firstToken)
  }

  mutating func read(
    into tokens: inout MutableSpan<Int32>, starts: inout MutableSpan<Bool>
  ) throws -> Int {
    precondition(tokens.count == starts.count, "both spans are equally long")
    var count = 0
    while count < tokens.count, document < index.documents.count {
      if taken == encoded {
        if given == index.documents[document].tokens {
          try openNext()
        } else {
          try encodeMore()
        }
        continue
      }
      let length = min(
        tokens.count - count, encoded - taken, index.documents[document].tokens - given)
      guard length > 0 else { throw changed }
      for i in 0..<length {
        tokens[count + i] = ready[taken + i]
        starts[count + i] = false
      }
      if given == 0 { starts[count] = true }
      count += length
      taken += length
      given += length
    }
    return count
  }

  private var changed: InputFileError { .changed(path: index.documents[document].path) }

  private mutating func openNext() throws {
    document += 1
    file = nil
    if document < index.documents.count { try open(skipping: 0) }
  }

  /// Opens the current document so that its token `position` is the next.
  private mutating func open(skipping position: Int) throws {
    let entry = index.documents[document]
    let file: ReadableFile
    do { file = try ReadableFile(path: entry.path) } catch InputFileError.noSuchFile {
      throw InputFileError.vanished(path: entry.path)
    }
    guard file.status.size == entry.size, file.status.modified == entry.modified else {
      throw changed
    }
    self.file = file
    let mark = Self.mark(before: position, in: entry, index.vocabulary.tokenKind)
    tokenizer = Tokenizer(index.vocabulary, state: mark.state, listsWords: false)
    offset = entry.textStart + mark.offset
    (used, filled, taken, encoded) = (0, 0, 0, 0)
    given = mark.token
    while given < position {
      try encodeMore()
      taken = min(encoded, position - given)
      given += taken
    }
  }

  private static func mark(
    before position: Int, in entry: IndexedDocument, _ tokenKind: Vocabulary.TokenKind
  ) -> TextMark {
    if tokenKind == .byte { return TextMark(token: position, offset: position) }
    var low = 0
    var high = entry.marks.count
    while low < high {
      let middle = (low + high) / 2
      if entry.marks[middle].token <= position { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? TextMark(token: 0, offset: 0) : entry.marks[low - 1]
  }

  /// Encodes the next bytes; afterwards there is at least one token.
  private mutating func encodeMore() throws {
    guard let file else { throw changed }
    (taken, encoded) = (0, 0)
    while encoded == 0 {
      if filled - used < Tokenizer.lookAhead { try fill(file) }
      guard used < filled else { throw changed }
      let isLast = offset == file.status.size
      let step = Self.encode(block, used..<filled, isLast, &tokenizer, &ready)
      guard step.bytes > 0 else { throw changed }
      used += step.bytes
      encoded = step.tokens
    }
  }

  /// Two spans into one `self` at a time are one too many; into two parameters they are not.
  private static func encode(
    _ block: [UInt8], _ range: Range<Int>, _ isLast: Bool, _ tokenizer: inout Tokenizer,
    _ tokens: inout [Int32]
  ) -> (bytes: Int, tokens: Int) {
    let bytes = block.span
    var span = tokens.mutableSpan
    return tokenizer.encode(bytes.extracting(range), isLast: isLast, into: &span)
  }

  private mutating func fill(_ file: ReadableFile) throws {
    let kept = filled - used
    for i in 0..<kept { block[i] = block[used + i] }
    let wanted = min(block.count - kept, file.status.size - offset)
    let read = try block.withUnsafeMutableBytes { [offset] bytes in
      try file.read(
        into: UnsafeMutableRawBufferPointer(rebasing: bytes[kept..<kept + wanted]), at: offset)
    }
    guard read == wanted else { throw changed }
    try file.checkUnchanged()
    offset += read
    (used, filled) = (0, kept + read)
  }
}
