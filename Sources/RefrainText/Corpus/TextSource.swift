internal import Foundation
internal import Refrain
import RefrainRuns

/// Text that is read once, decompressed and as UTF-8, whatever it was before.
struct TextSource {
  /// Gives the next bytes.
  let read: ByteSource
  private let transcoder: UTF16Transcoder?

  /// Halves of characters that could not be transcoded so far.
  var invalid: Int { transcoder?.invalid ?? 0 }

  /// - Parameters:
  ///   - source: the bytes as they are.
  ///   - tokenKind: bytes are only decompressed.
  ///   - name: what errors call the input.
  /// - Throws: ``TextInputError`` if it is no text.
  init(_ source: @escaping ByteSource, tokenKind: Vocabulary.TokenKind, name: String) throws {
    var recognised = try RecognisedSource(source)
    if recognised.kind == .gzip {
      recognised = try RecognisedSource(GzipInflater(recognised.source, name: name).read)
    } else if name.hasSuffix(".gz") {
      throw TextInputError.brokenGzip(path: name, reason: "it does not begin like a gzip file")
    }
    var transcoder: UTF16Transcoder?
    if tokenKind != .byte {
      switch recognised.kind {
      case .utf16(let isBigEndian):
        transcoder = try UTF16Transcoder(recognised.source, isBigEndian: isBigEndian)
      case .binary, .gzip: throw TextInputError.binary(path: name)
      case .text: break
      }
    }
    self.transcoder = transcoder
    read = transcoder.map { $0.read } ?? recognised.source
  }
}

/// A source whose first bytes have been looked at.
private struct RecognisedSource {
  let source: ByteSource
  let kind: TextKind

  init(_ rest: @escaping ByteSource) throws {
    var beginning = [UInt8](repeating: 0, count: TextKind.beginning)
    var filled = 0
    while filled < beginning.count {
      let count = try beginning.withUnsafeMutableBytes { bytes in
        try rest(UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]))
      }
      if count == 0 { break }
      filled += count
    }
    beginning.removeLast(beginning.count - filled)
    kind = TextKind(beginning: beginning)
    var given = 0
    source = { [beginning] output in
      guard given < beginning.count else { return try rest(output) }
      let count = min(output.count, beginning.count - given)
      for i in 0..<count { output[i] = beginning[given + i] }
      given += count
      return count
    }
  }
}

/// Reads a descriptor to its end: a pipe, a terminal, a file.
func descriptorSource(_ descriptor: Int32, name: String) -> ByteSource {
  { bytes in
    while true {
      let count = read(descriptor, bytes.baseAddress, bytes.count)
      if count >= 0 { return count }
      if errno != EINTR { throw InputFileError.unreadable(path: name, reason: systemReason()) }
    }
  }
}
