import Foundation
import Refrain
import Testing

import RefrainText

@Suite struct TextInputErrorTests {
  private func message(_ inputs: [String], _ options: TextCorpusOptions = .init()) -> String {
    do {
      _ = try TextCorpus(inputs, options: options)
      return "no error"
    } catch { return String(describing: error) }
  }

  @Test func missingInputs() {
    #expect(message([]) == "No input was given: name files or folders.")
    #expect(
      message(["/nowhere/a.txt"])
        == "There is no file or folder /nowhere/a.txt: check the spelling.")
  }

  @Test func filesWithTooLittleInThem() throws {
    let scratch = try Scratch()
    let empty = try scratch.write("", "empty.txt")
    #expect(message([empty]) == "\(empty) is empty: give a text with at least two characters.")
    let mark = try scratch.write("\u{FEFF}", "mark.txt")
    #expect(
      message([mark])
        == "\(mark) holds fewer than two characters, too few to learn from: give a longer text.")
    let one = try scratch.write("a", "one.txt")
    #expect(
      message([one])
        == "\(one) holds fewer than two characters, too few to learn from: give a longer text.")
    let same = try scratch.write("aaaa", "same.txt")
    #expect(
      message([same])
        == "\(same) contains only the character ‘a’, so there is nothing to learn: give a text "
        + "with at least two different symbols.")
    let words = try scratch.write("hey hey hey", "words.txt")
    #expect(message([words], .init(.word)).contains("only the word ‘hey’"))
    #expect(message([same], .init(.byte)).contains("only the byte ‘a’"))
  }

  @Test func textsThatAGivenVocabularyDoesNotKnow() throws {
    let scratch = try Scratch()
    let path = try scratch.write("漢字")
    let vocabulary = Vocabulary(text: "abc", tokenKind: .character)
    #expect(
      message([path], .init(vocabulary: vocabulary))
        == "\(path) holds next to nothing that the vocabulary knows: give a text like the one "
        + "that the model was trained on.")
  }

  @Test func whatIsNotText() throws {
    let scratch = try Scratch()
    let binary = try scratch.write([0x7F, 0x45, 0, 1], "program")
    #expect(
      message([binary])
        == "\(binary) is not text: name a text file, or read it as bytes with `tokens` byte.")
    #expect(message([binary], .init(.byte)) == "no error")
    let controls = try scratch.write([1, 2, 3, 4, 65, 66], "controls")
    #expect(message([controls]).contains("is not text"))
    #expect(
      message([scratch.path])
        == "The folder \(scratch.path) holds no text: name another folder, or the files themselves."
    )
    let pipe = scratch.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(
      message([pipe])
        == "\(pipe) is neither a file nor a folder: save what it gives as a file first, or pass "
        + "text through standard input, as -.")
    #expect(message(["/dev/null"]).hasPrefix("/dev/null is neither a file nor a folder"))
  }

  @Test func pipesInFoldersAreSkipped() throws {
    let scratch = try Scratch()
    try scratch.write("ab")
    #expect(mkfifo(scratch.path + "/pipe", 0o600) == 0)
    let corpus = try TextCorpus([scratch.path])
    #expect(corpus.report.skipped.map(\.reason) == ["it is neither a file nor a folder"])
  }

  @Test func foldersThatContainThemselves() throws {
    let scratch = try Scratch()
    try scratch.write("ab", "a/text.txt")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/a/loop", withDestinationPath: scratch.path)
    let corpus = try TextCorpus([scratch.path])
    #expect(
      corpus.report.skipped.map(\.reason) == ["it leads back to a folder that contains it"])
  }

  @Test func inputsThatCanBeReadOnlyOnce() throws {
    let scratch = try Scratch()
    let packed = try scratch.write(SpoolTests.gzip(Array("text".utf8)), "a.gz")
    #expect(
      message([packed])
        == "\(packed) can be read only once and there is no folder to keep its text in: save it "
        + "as a UTF-8 text file first.")
    let spool = scratch.path + "/inputs"
    let plain = try scratch.write("not compressed", "b.gz")
    #expect(
      message([plain], .init(spool: spool))
        == "\(plain) cannot be decompressed (it does not begin like a gzip file): get the file "
        + "again, or decompress it with gzip.")
    try withPipe([]) { input in
      #expect(
        message(["-"], .init(spool: spool, input: input))
          == "standard input is empty: give a text with at least two characters.")
    }
    try withPipe([0, 1, 2]) { input in
      #expect(
        message(["-"], .init(spool: spool, input: input)).hasPrefix("standard input is not text"))
    }
    let file = try scratch.write("in the way", "file")
    #expect(
      message([packed], .init(spool: file + "/inputs")).contains("/file/inputs cannot be written"))
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
  func filesWithoutPermission() throws {
    let scratch = try Scratch()
    let path = try scratch.write("ab")
    chmod(path, 0)
    #expect(
      message([path])
        == "\(path) cannot be read (permission denied): check its permissions.")
  }

  @Test func everyDescriptionNamesItsInput() {
    let all: [TextInputError] = [
      .folderWithoutText(path: "P"), .empty(path: "P"),
      .tooShort(path: "P", element: "word"), .oneSymbol(path: "P", symbol: "‘a’"),
      .nothingKnown(path: "P"), .binary(path: "P"),
      .brokenGzip(path: "P", reason: "why"), .needsSpoolFolder(path: "P"),
      .cannotWrite(path: "P", reason: "why"),
    ]
    for error in all {
      let words = error.description
      #expect(words.contains("P") && words.contains(": ") && words.hasSuffix("."))
      #expect(!words.dropLast().contains(". "))
    }
  }
}
