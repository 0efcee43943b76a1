import Foundation
import Refrain
import Testing

import RefrainText

/// A folder that is removed when the test lets go of it.
final class Scratch {
  let path: String

  init() throws {
    // Without links in it, as the corpus sees paths.
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    path = base + "/refrain-text-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path; folders in `name` are made.
  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, _ name: String = "text.txt") throws -> String {
    let url = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  @discardableResult
  func write(_ text: String, _ name: String = "text.txt") throws -> String {
    try write(text.utf8, name)
  }

  /// The names in a folder of the scratch folder.
  func names(in folder: String = "") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? []).sorted()
  }
}

/// Everything a corpus says from a position on, read in pieces.
func read(
  _ corpus: some TokenCorpus, from position: Int = 0, piece: Int = 1000
) throws -> (tokens: [Int32], starts: [Int]) {
  var cursor = try corpus.cursor(at: position)
  var all: [Int32] = []
  var starts: [Int] = []
  while true {
    var tokens = [Int32](repeating: -1, count: piece)
    var flags = [Bool](repeating: true, count: piece)
    var tokenSpan = tokens.mutableSpan
    var flagSpan = flags.mutableSpan
    let count = try cursor.read(into: &tokenSpan, starts: &flagSpan)
    for i in 0..<count where flags[i] { starts.append(position + all.count + i) }
    all += tokens.prefix(count)
    if count < piece { return (all, starts) }
  }
}

func text(_ corpus: TextCorpus) throws -> String {
  corpus.vocabulary.decode(try read(corpus).tokens)
}

/// Calls `body` with a descriptor from which `bytes` can be read once.
func withPipe<R>(_ bytes: [UInt8], _ body: (Int32) throws -> R) throws -> R {
  let pipe = Pipe()
  let writer = pipe.fileHandleForWriting
  Thread.detachNewThread {
    try? writer.write(contentsOf: Data(bytes))
    try? writer.close()
  }
  // The descriptor is closed with the pipe, which nothing else would keep until then.
  return try withExtendedLifetime(pipe) { try body(pipe.fileHandleForReading.fileDescriptor) }
}

extension TextCorpusOptions {
  init(
    _ tokenKind: Vocabulary.TokenKind = .character, spool: String? = nil, input: Int32 = 0,
    vocabulary: Vocabulary? = nil
  ) {
    self.init(tokenKind: tokenKind)
    spoolFolder = spool
    standardInput = input
    self.vocabulary = vocabulary
  }
}
