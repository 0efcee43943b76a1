import Foundation
import Testing

@Suite("What cannot be trained on is refused in a sentence")
struct BadInputTests {
  /// Makes inputs in a sandbox; the sentence must contain `expected`.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var inputs = ["in.txt"]
    var bytes: Data? = nil
    let expected: String
  }

  /// Two lines of ASCII, and more that are not UTF-8.
  private static let latin1 = Data(
    Array("one line\nand another\n".utf8)
      + (0..<50).flatMap { _ in Array("a line with a caf".utf8) + [0xE9] + Array(" in it\n".utf8) })

  static let cases = [
    Case(testDescription: "no such file", inputs: ["nowhere.txt"], expected: "nowhere.txt"),
    Case(testDescription: "folder without text", inputs: ["empty"], expected: "holds no text"),
    Case(testDescription: "empty file", bytes: Data(), expected: "in.txt is empty"),
    Case(testDescription: "one character", bytes: Data("a".utf8), expected: "fewer than two"),
    Case(
      testDescription: "one distinct symbol", bytes: Data(repeating: 97, count: 500),
      expected: "contains only"),
    Case(
      testDescription: "text in Latin-1", bytes: latin1,
      expected: "in.txt is not UTF-8 (4 % of its characters cannot be read, the first in line 3)"),
    Case(
      testDescription: "compressed text in Latin-1", inputs: ["in.txt.gz"], bytes: latin1,
      expected: "in.txt.gz is not UTF-8"),
    Case(
      testDescription: "Chinese in GBK",
      bytes: Data((0..<300).flatMap { _ in [0xC4, 0xE3, 0xBA, 0xC3, 0xCA, 0xC0, 0xBD, 0xE7, 10] }),
      expected: "in.txt is not UTF-8"),
    Case(
      testDescription: "a validation text in Latin-1",
      inputs: ["good.txt", "--validation", "in.txt"], bytes: latin1,
      expected: "in.txt is not UTF-8"),
    Case(
      testDescription: "a binary file", bytes: Data((0..<4000).map { UInt8($0 * 7 % 256) }),
      expected: "is not text: name a text file, or read it as bytes with --tokens byte."),
  ]

  @Test("An input that is no text", arguments: cases)
  func badInput(_ input: Case) throws {
    let sandbox = try Sandbox()
    try FileManager.default.createDirectory(
      atPath: sandbox.path("empty"), withIntermediateDirectories: true)
    try sandbox.write(poem, to: "good.txt")
    if let bytes = input.bytes {
      try sandbox.write(bytes, to: "in.txt")
      _ = try Job("/usr/bin/env", ["gzip", "-k", "in.txt"], sandbox).wait()
    }
    let outcome = try sandbox.refrain(["train"] + input.inputs + ["--to", "run"] + small)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(input.expected), "\(outcome.errors)")
    expectOneSentence(outcome)
    #expect(!sandbox.exists("run"))
  }

  @Test(
    "An option out of its range",
    arguments: [
      ["--hidden", "0"], ["--hidden", "-5"], ["--hidden", "9999999999"], ["--batch-size", "0"],
      ["--layers", "0"], ["--embedding", "-1"], ["--dropout", "1"], ["--dropout", "nan"],
      ["--dropout", "-0.1"], ["--sequence-length", "0"], ["--learning-rate", "0"],
      ["--learning-rate", "inf"], ["--learning-rate", "-1"], ["--clip", "-1"], ["--clip", "nan"],
      ["--epochs", "0"], ["--steps", "0"], ["--minutes", "0"], ["--minutes", "nan"],
      ["--seed", "-1"], ["--threads", "-1"], ["--threads", "5000"], ["--evaluate-every", "0"],
      ["--save-every", "-1"], ["--patience", "-1"], ["--keep", "-1"], ["--warmup", "-1"],
      ["--validation", "1"], ["--validation", "nan"], ["--validation", "-0.1"],
      ["--momentum", "0.5"], ["--weight-decay", "0.1"], ["--vocabulary-size", "100"],
      ["--minimum-count", "2"], ["--hidden", "many"], ["--cell", "transformer"],
      ["--hidden", "99999999999999999999999"],
    ])
  func badOption(_ option: [String]) throws {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    let outcome = try sandbox.refrain(["train", "in.txt", "--to", "run"] + option)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(option[0]), "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("refrain: "))
    #expect(outcome.output.isEmpty)
    #expect(!sandbox.exists("run"))
  }

  @Test("A network larger than the memory is refused before it is made")
  func tooLarge() throws {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    for options in [["--hidden", "2000000"], ["--hidden", "200000", "--layers", "100"]] {
      let outcome = try sandbox.refrain(["train", "in.txt", "--to", "run"] + options)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("of memory"), "\(outcome.errors)")
      expectOneSentence(outcome)
      #expect(!sandbox.exists("run"))
    }
  }

  @Test("Nothing to learn, nowhere to go, a run that is there already")
  func missing() throws {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    #expect(try sandbox.refrain(["train", "--to", "run"]).status == 64)
    let nowhere = try sandbox.refrain(["train", "in.txt"])
    #expect(nowhere.status == 64)
    #expect(nowhere.errors.contains("--to"))
    try sandbox.write("precious", to: "run")
    let exists = try sandbox.refrain(["train", "in.txt", "--to", "run"])
    #expect(exists.status == 1)
    #expect(exists.errors.contains("exists already"))
    #expect(try sandbox.text("run") == "precious")
    let inFile = try sandbox.refrain(["train", "in.txt", "--to", "run/below"])
    #expect(inFile.status == 1)
    expectOneSentence(inFile)
  }

  @Test("A text shorter than a batch is learned with a smaller one, and it is said")
  func shortText() throws {
    let sandbox = try Sandbox()
    try sandbox.write("Hello, sea!\n", to: "in.txt")
    let outcome = try sandbox.refrain([
      "train", "in.txt", "--to", "run", "--hidden", "4", "--steps", "3",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("instead of 50"))
    #expect(sandbox.exists("run/best.safetensors"))
  }

  @Test("Invalid UTF-8 is counted")
  func invalidText() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Data(poem.utf8) + [0xE9, 0x20, 0xE8, 0x20] + Data("fin".utf8), to: "in.txt")
    let outcome = try sandbox.refrain(
      ["train", "in.txt", "--to", "run", "--steps", "2"] + small)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("2 invalid UTF-8 sequences"), "\(outcome.output)")
  }

  @Test("A training that explodes ends with status 1 and says what to do")
  func divergence() throws {
    let sandbox = try Sandbox()
    try sandbox.write(poem, to: "in.txt")
    let outcome = try sandbox.refrain(
      ["train", "in.txt", "--to", "run", "--optimizer", "sgd", "--learning-rate", "100000"]
        + ["--clip", "0", "--steps", "400"] + small)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("--learning-rate"), "\(outcome.errors)")
    expectOneSentence(outcome)
  }
}

/// One line that begins with the command's name, without a trace of the program's inside.
///
/// - Parameter place: what tells this outcome from others of the test.
func expectOneSentence(_ outcome: Outcome, at place: String = "") {
  let lines = outcome.errors.split(separator: "\n")
  #expect(lines.count == 1, "\(place): \(outcome.errors)")
  #expect(outcome.errors.hasPrefix("refrain: "), "\(place): \(outcome.errors)")
  for trace in ["Error(", "Error.", "path:", "Optional(", "Swift", "NSError", "Domain="] {
    #expect(!outcome.errors.contains(trace), "\(outcome.errors)")
  }
}
