import CZlib
import Foundation
import Refrain
import Testing

import RefrainText

@Suite struct SpoolTests {
  /// `bytes` as one gzip member.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 100 + 100)
    input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        deflate(&stream, Z_FINISH)
      }
    }
    return Array(output.prefix(Int(stream.total_out)))
  }

  @Test(arguments: Vocabulary.TokenKind.allCases)
  func compressedFilesAreReadLikeOthers(tokenKind: Vocabulary.TokenKind) throws {
    let scratch = try Scratch()
    let long = TextCorpusTests.longText(20_000)
    let plain = try scratch.write(long, "plain.txt")
    let members =
      Self.gzip(Array(long.utf8.prefix(5000))) + Self.gzip(Array(long.utf8.dropFirst(5000)))
    let packed = try scratch.write(members + [0, 0, 0], "packed.txt.gz")
    let spool = scratch.path + "/run/inputs"
    let corpus = try TextCorpus([packed], options: .init(tokenKind, spool: spool))
    let expected = try TextCorpus([plain], options: .init(tokenKind))
    #expect(try read(corpus).tokens == read(expected).tokens)
    #expect(corpus.vocabulary == expected.vocabulary)
    #expect(scratch.names(in: "run/inputs") == ["0001-packed.txt"])
  }

  @Test func standardInputIsKept() throws {
    let scratch = try Scratch()
    let long = TextCorpusTests.longText(20_000)
    let corpus = try withPipe(Array(long.utf8)) { input in
      try TextCorpus(["-"], options: .init(spool: scratch.path + "/inputs", input: input))
    }
    #expect(try text(corpus).utf8.elementsEqual(long.utf8))
    #expect(corpus.manifest.documents.first?.copyOf == "standard input")
    #expect(corpus.manifest.documents.first?.path == "0001-standard-input.txt")
    let packed = try withPipe(Self.gzip(Array(long.utf8))) { input in
      try TextCorpus(["-"], options: .init(spool: scratch.path + "/inputs", input: input))
    }
    #expect(packed.manifest == corpus.manifest || packed.count == corpus.count)
  }

  @Test(arguments: [false, true])
  func utf16BecomesUTF8(isBigEndian: Bool) throws {
    let scratch = try Scratch()
    let original = "Größe 👍 " + String(repeating: "ж𝔘\n", count: 30_000)
    var units = [0xFEFF] + Array(original.utf16)
    units.insert(0xD800, at: 3)  // half a character
    let bytes = units.flatMap { tokenKind in
      isBigEndian
        ? [UInt8(tokenKind >> 8), UInt8(tokenKind & 0xFF)]
        : [UInt8(tokenKind & 0xFF), UInt8(tokenKind >> 8)]
    }
    let path = try scratch.write(bytes)
    let corpus = try TextCorpus([path], options: .init(spool: scratch.path + "/inputs"))
    #expect(try text(corpus) == "Gr\u{FFFD}" + original.dropFirst(2))
    #expect(corpus.report.invalidSequences == 1)
    let raw = try TextCorpus([path], options: .init(.byte))
    #expect(raw.count == bytes.count)
  }

  @Test func nothingIsLeftOfABrokenFile() throws {
    let scratch = try Scratch()
    let whole = Self.gzip(Array(TextCorpusTests.longText(5000).utf8))
    var damaged = whole
    for i in 2000..<2100 { damaged[i] = 0x55 }
    let spool = scratch.path + "/inputs"
    let good = try scratch.write(whole, "good.gz")
    for (bytes, name) in [(Array(whole.dropLast(20)), "short.gz"), (damaged, "damaged.gz")] {
      let path = try scratch.write(bytes, name)
      let error = #expect(throws: TextInputError.self) {
        try TextCorpus([good, path], options: .init(spool: spool))
      }
      guard case .brokenGzip(path, _)? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(!FileManager.default.fileExists(atPath: spool))
    }
  }

  @Test func aFolderMaySkipABrokenFile() throws {
    let scratch = try Scratch()
    try scratch.write("some text", "a.txt")
    try scratch.write(Self.gzip(Array("more text".utf8)).dropLast(4), "b.gz")
    try scratch.write(Self.gzip([]), "c.gz")
    let spool = try Scratch()
    let corpus = try TextCorpus([scratch.path], options: .init(spool: spool.path))
    #expect(try text(corpus) == "some text")
    #expect(corpus.report.skipped.count == 2)
    #expect(spool.names().isEmpty)
  }
}
