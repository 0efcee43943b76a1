import Foundation
import Testing

@Suite("Going on with something that has changed")
struct ChangedResumeTests {
  /// What is trained, the file that changes, and what is refused of it.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let options: [String]
    let file: String
    let refusal: String
  }

  static let cases = [
    Case(
      testDescription: "text", options: ["in.txt"] + small, file: "in.txt", refusal: "has changed"),
    Case(
      testDescription: "a table",
      options: ["words.tsv", "--target-column", "language", "--input-column", "word"] + smallTable,
      file: "words.tsv", refusal: "words.tsv"),
    Case(
      testDescription: "notes", options: ["pieces.json"] + smallNotes, file: "pieces.json",
      refusal: "pieces.json"),
    Case(
      testDescription: "music", options: ["songs"] + smallMusic, file: "songs/a.wav",
      refusal: "has changed"),
  ]

  @Test(arguments: cases)
  func changes(_ test: Case) throws {
    let sandbox = try Sandbox.withMusic()
    try sandbox.writeTables()
    try sandbox.writeNotes(collection: "pieces.json")
    try sandbox.write(poem, to: "in.txt")
    let trained = try sandbox.refrain(["train"] + test.options + ["--to", "run", "--steps", "4"])
    #expect(trained.status == 0, "\(trained.errors)")
    let model = try sandbox.bytes("run/last.safetensors")
    let more = ["resume", "run", "--steps", "8"]

    let different = try sandbox.refrain(more + ["--learning-rate", "0.0123", "--clip", "3"])
    expectUsageError(different, "--allow-config-change")
    for part in ["--learning-rate is", "become 0.0123", "--clip is", "become 3"] {
      #expect(different.errors.contains(part), "\(different.errors)")
    }
    #expect(try sandbox.bytes("run/last.safetensors") == model)

    // One byte is another, and the size and the path are the same.
    var bytes = try sandbox.bytes(test.file)
    let place = bytes.count / 2
    bytes[place] = bytes[place] == UInt8(ascii: "3") ? UInt8(ascii: "4") : UInt8(ascii: "3")
    try sandbox.write(bytes, to: test.file)
    let changed = try sandbox.refrain(more)
    #expect(changed.status == 1 && changed.errors.contains(test.refusal), "\(changed.errors)")
    expectOneSentence(changed)
    #expect(try sandbox.bytes("run/last.safetensors") == model)
  }
}
