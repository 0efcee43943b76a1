internal import Refrain
import RefrainRuns

/// Where the tokens of one file lie.
struct IndexedDocument: Sendable {
  /// Absolute.
  var path: String
  /// The status in which the file was scanned.
  var size: Int
  var modified: Int64
  /// The byte at which the text begins, after a byte-order mark.
  var textStart: Int
  /// The tokens of the documents before.
  var firstToken = 0
  var tokens = 0
  /// In order, about every ``CorpusScanner/stride`` tokens; offsets count from ``textStart``.
  var marks: [TextMark] = []
}

/// Reads files from beginning to end: counts what is in them, and finds where their tokens lie.
///
/// One pass is enough for bytes, for characters and with a vocabulary that is given. A vocabulary
/// of words must be complete before tokens can be counted, for the spacing rule depends on it.
final class CorpusScanner {
  enum Pass {
    case bytes, characters, words
    case encoding(Vocabulary)
  }

  /// Tokens between two marks.
  static let stride = 65_536
  /// Tokens between two marks, about, where encoding is more work.
  static let encodingStride = 16_384
  private static let blockSize = 262_144

  private(set) var scalars = ScalarCounts(stride: CorpusScanner.stride)
  private(set) var words = WordCounts()
  /// By token, where a pass encodes.
  private(set) var tokenCounts: [Int] = []
  private(set) var byteCounts = [Int](repeating: 0, count: 256)
  private(set) var substitutions: Substitutions?
  private(set) var lines = LineTally()
  private(set) var invalid = 0
  private(set) var longCharacters = 0
  private(set) var byteOrderMarks = 0
  private(set) var bytes = 0

  private let hash = ContentHash()
  private var encoded = [Int32](repeating: 0, count: 16_384)

  /// Reads a whole file.
  ///
  /// - Parameter inspects: whether lines, marks and the hash are of interest too; false for a
  ///   second pass over the same file.
  /// - Returns: the index entry and the hash of the file.
  func scan(
    _ file: ReadableFile, _ pass: Pass, inspects: Bool = true
  ) throws -> (document: IndexedDocument, hash: String) {
    var document = IndexedDocument(
      path: file.path, size: file.status.size, modified: file.status.modified, textStart: 0)
    if case .bytes = pass {
    } else if try file.beginning(3) == byteOrderMark {
      document.textStart = 3
      if inspects { byteOrderMarks += 1 }
    }
    hash.reset()
    switch pass {
    case .bytes:
      try readBlocks(of: file, from: 0, inspects) { [self] bytes, _ in countBytes(bytes) }
      document.tokens = file.status.size
    case .characters:
      var found = ScalarCounts.Document()
      try readBlocks(of: file, from: document.textStart, inspects) { [self] bytes, isLast in
        scalars.count(bytes, isLast: isLast, in: &found)
      }
      document.tokens = found.tokens
      document.marks = found.marks
      invalid += found.invalid
      longCharacters += found.long
    case .words:
      try readBlocks(of: file, from: document.textStart, inspects) { [self] bytes, isLast in
        words.count(bytes, isLast: isLast)
      }
    case .encoding(let vocabulary): try encode(file, vocabulary, inspects, &document)
    }
    if inspects {
      bytes += file.status.size
      lines.endDocument()
    }
    try file.checkUnchanged()
    return (document, hash.digits)
  }

  private func encode(
    _ file: ReadableFile, _ vocabulary: Vocabulary, _ inspects: Bool,
    _ document: inout IndexedDocument
  ) throws {
    if tokenCounts.isEmpty { tokenCounts = [Int](repeating: 0, count: vocabulary.count) }
    var tokenizer = Tokenizer(vocabulary, listsWords: false)
    var offset = 0
    try readBlocks(of: file, from: document.textStart, inspects) { [self] bytes, isLast in
      var position = 0
      while position < bytes.count {
        let rest = bytes.extracting(position..<bytes.count)
        var span = encoded.mutableSpan
        let step = tokenizer.encode(rest, isLast: isLast, into: &span)
        guard step.bytes > 0 else { break }
        for i in 0..<step.tokens { tokenCounts[Int(encoded[i])] += 1 }
        document.tokens += step.tokens
        position += step.bytes
        offset += step.bytes
        if document.tokens - (document.marks.last?.token ?? 0) >= Self.encodingStride {
          document.marks.append(
            TextMark(token: document.tokens, offset: offset, state: tokenizer.state))
        }
      }
      return position
    }
    invalid += tokenizer.invalid
    longCharacters += tokenizer.long
    if substitutions == nil {
      substitutions = tokenizer.substitutions
    } else {
      substitutions?.add(tokenizer.substitutions)
    }
  }

  private func countBytes(_ bytes: Span<UInt8>) -> Int {
    for i in 0..<bytes.count { byteCounts[Int(bytes[i])] += 1 }
    return bytes.count
  }

  /// Hands a file to `body` block by block, from `start` on; what `body` leaves comes again with
  /// the next block.
  private func readBlocks(
    of file: ReadableFile, from start: Int, _ inspects: Bool,
    _ body: (Span<UInt8>, _ isLast: Bool) throws -> Int
  ) throws {
    let size = file.status.size
    var block = [UInt8](repeating: 0, count: min(Self.blockSize, size))
    var offset = 0
    var kept = 0
    while offset < size {
      let wanted = min(block.count - kept, size - offset)
      let read = try block.withUnsafeMutableBytes { bytes in
        let fresh = UnsafeMutableRawBufferPointer(rebasing: bytes[kept..<kept + wanted])
        let read = try file.read(into: fresh, at: offset)
        if inspects {
          hash.update(UnsafeRawBufferPointer(fresh))
          lines.count(UnsafeRawBufferPointer(fresh))
        }
        return read
      }
      guard read == wanted else { throw InputFileError.changed(path: file.path) }
      let skip = offset == 0 ? start : 0
      offset += read
      let end = kept + read
      let used = try block.withUnsafeBufferPointer { bytes in
        skip + (try body(UnsafeBufferPointer(rebasing: bytes[skip..<end]).span, offset == size))
      }
      kept = end - used
      if kept > 0 {
        block.withUnsafeMutableBytes { bytes in
          bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[used..<end]))
        }
      }
    }
  }
}
