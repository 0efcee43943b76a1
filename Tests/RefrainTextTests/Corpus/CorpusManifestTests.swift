import Foundation
import Refrain
import Testing

import RefrainText

@Suite struct CorpusManifestTests {
  private func stored(_ corpus: TextCorpus) throws -> CorpusManifest {
    try JSONDecoder().decode(
      CorpusManifest.self, from: JSONEncoder().encode(corpus.manifest))
  }

  @Test(arguments: Vocabulary.TokenKind.allCases)
  func theSameTextIsFoundAgain(tokenKind: Vocabulary.TokenKind) throws {
    let scratch = try Scratch()
    try scratch.write(TextCorpusTests.longText(5000), "a.txt")
    try scratch.write("\u{FEFF}second", "b.txt")
    let corpus = try TextCorpus([scratch.path], options: .init(tokenKind))
    let again = try TextCorpus(manifest: stored(corpus), vocabulary: corpus.vocabulary)
    #expect(again.manifest == corpus.manifest)
    #expect(try read(again).tokens == read(corpus).tokens)
  }

  @Test func aTouchedFileIsTheSameAndAChangedOneIsNot() throws {
    let scratch = try Scratch()
    let path = try scratch.write("some text")
    let corpus = try TextCorpus([path])
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
    let again = try TextCorpus(manifest: corpus.manifest, vocabulary: corpus.vocabulary)
    #expect(try text(again) == "some text")
    try scratch.write("same size")
    #expect(throws: InputFileError.changed(path: path)) {
      try TextCorpus(manifest: corpus.manifest, vocabulary: corpus.vocabulary)
    }
    try scratch.write("another size")
    #expect(throws: InputFileError.changed(path: path)) {
      try TextCorpus(manifest: corpus.manifest, vocabulary: corpus.vocabulary)
    }
  }

  @Test func movedAndVanishedFilesAreNamed() throws {
    let scratch = try Scratch()
    let path = try scratch.write("some text", "old/name.txt")
    let corpus = try TextCorpus([path])
    func reopen(_ moved: [String: String] = [:]) throws -> TextCorpus {
      try TextCorpus(
        manifest: corpus.manifest, vocabulary: corpus.vocabulary, moved: MovedPaths(moved))
    }
    let renamed = scratch.path + "/old/other.txt"
    try FileManager.default.moveItem(atPath: path, toPath: renamed)
    #expect(throws: InputFileError.moved(path: path, to: renamed)) { try reopen() }
    try FileManager.default.moveItem(atPath: renamed, toPath: path)
    try FileManager.default.moveItem(
      atPath: scratch.path + "/old", toPath: scratch.path + "/new")
    #expect(throws: InputFileError.vanished(path: path)) { try reopen() }
    let found = try reopen([scratch.path + "/old": scratch.path + "/new"])
    #expect(try text(found) == "some text")
    #expect(found.manifest.documents.first?.path == scratch.path + "/new/name.txt")
  }

  @Test func keptInputsMoveWithTheirFolder() throws {
    let scratch = try Scratch()
    let corpus = try withPipe(Array("piped text".utf8)) { input in
      try TextCorpus(["-"], options: .init(spool: scratch.path + "/run/inputs", input: input))
    }
    try FileManager.default.moveItem(
      atPath: scratch.path + "/run", toPath: scratch.path + "/moved")
    let again = try TextCorpus(
      manifest: stored(corpus), vocabulary: corpus.vocabulary,
      spoolFolder: scratch.path + "/moved/inputs")
    #expect(try text(again) == "piped text")
    #expect(throws: InputFileError.self) {
      try TextCorpus(manifest: stored(corpus), vocabulary: corpus.vocabulary)
    }
  }

  @Test func aFileThatChangesWhileItIsReadIsNoticed() throws {
    let scratch = try Scratch()
    let long = TextCorpusTests.longText(30_000)
    let path = try scratch.write(long)
    let corpus = try TextCorpus([path])
    var cursor = try corpus.cursor(at: 0)
    var tokens = [Int32](repeating: 0, count: 100_000)
    var starts = [Bool](repeating: false, count: 100_000)
    func readOn(_ count: Int) throws -> Int {
      var tokenSpan = tokens.mutableSpan
      var startSpan = starts.mutableSpan
      var someTokens = tokenSpan._mutatingExtracting(first: count)
      var someStarts = startSpan._mutatingExtracting(first: count)
      return try cursor.read(into: &someTokens, starts: &someStarts)
    }
    #expect(try readOn(10) == 10)
    try scratch.write(long.replacing("whale", with: "shark"))
    #expect(throws: InputFileError.changed(path: path)) { _ = try readOn(100_000) }
    try scratch.write("something else")
    #expect(throws: InputFileError.changed(path: path)) { _ = try read(corpus) }
    try FileManager.default.removeItem(atPath: path)
    #expect(throws: InputFileError.vanished(path: path)) { _ = try read(corpus, from: 10) }
  }
}
