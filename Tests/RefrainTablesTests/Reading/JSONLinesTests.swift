import RefrainTables
import TestSupport
import Testing

struct JSONLinesTests {
  private func table(_ text: String) throws -> Table {
    try TableFile.table(of: Array(text.utf8), path: "x.jsonl", format: .jsonLines)
  }

  @Test func everyKindOfValue() throws {
    let table = try table(
      """
      {"text": "a\\n\\u00e4 \\ud83d\\ude00", "n": -1.5e2, "row": [1, 2.5], "words": ["x", "y"]}

      {"words": [], "row": [], "n": 3, "text": ""}\r
      """)
    #expect(table.columns == ["n", "row", "text", "words"])
    #expect(table.lines == [1, 3])
    #expect(try table.values(of: "text") == [.text("a\nä 😀"), .text("")])
    #expect(try table.values(of: "n") == [.number(-150), .number(3)])
    #expect(try table.values(of: "row") == [.numbers([1, 2.5]), .numbers([])])
    #expect(try table.values(of: "words") == [.texts(["x", "y"]), .numbers([])])
    #expect(try table.numberSequences(of: "row") == [[1, 2.5], []])
    #expect(try table.wordSequences(of: "words") == [["x", "y"], []])
    #expect(try table.texts(of: "n") == ["-150", "3"])
  }

  @Test(arguments: [
    ("", TableError.empty(path: "x.jsonl")),
    (" \n\r\n", .empty(path: "x.jsonl")),
    ("{\"a\": 1}\n[1, 2]\n", .notAnObject(path: "x.jsonl", line: 2)),
    ("7", .notAnObject(path: "x.jsonl", line: 1)),
    ("null", .notAnObject(path: "x.jsonl", line: 1)),
    (
      "{\"a\": 1}\n{\"a\": 2, \"a\": 3}\n",
      .brokenObject(path: "x.jsonl", line: 2, problem: "the key “a” stands for the second time")
    ),
    ("{\"a\": 1}\n\n{\"b\": 1}\n", .missingKey(path: "x.jsonl", line: 3, key: "a")),
    ("{\"a\": 1}\n{\"a\": 2, \"b\": 1}\n", .extraKey(path: "x.jsonl", line: 2, key: "b")),
    ("{\"a\": null}", .unusableValue(path: "x.jsonl", line: 1, column: "a")),
    ("{\"a\": true}", .unusableValue(path: "x.jsonl", line: 1, column: "a")),
    ("{\"a\": {\"b\": 1}}", .unusableValue(path: "x.jsonl", line: 1, column: "a")),
    ("{\"a\": [1, \"b\"]}", .unusableValue(path: "x.jsonl", line: 1, column: "a")),
    ("{\"a\": 1e999}", .unusableValue(path: "x.jsonl", line: 1, column: "a")),
    ("{\"a\": \"\\q\"}", .unusableValue(path: "x.jsonl", line: 1, column: "a")),
    ("{\"a\": [[1]]}", .unusableValue(path: "x.jsonl", line: 1, column: "a")),
  ])
  func faults(text: String, expected: TableError) {
    #expect(throws: expected) { try table(text) }
  }

  @Test(arguments: ["{\"a\": 1", "{\"a\" 1}", "{'a': 1}", "a,b", "{\"a\": 1} {}"])
  func notJSON(line: String) throws {
    #expect(throws: TableError.notJSON(path: "x.jsonl", line: 2)) {
      try table("{\"a\": 1}\n" + line)
    }
  }

  @Test func nestingHasAnEnd() {
    let deep = String(repeating: "[", count: 200_000)
    #expect(throws: TableError.self) { try table("{\"a\": \(deep)") }
  }

  @Test func notUTF8() {
    let bytes = Array("{\"a\": 1}\n{\"a\": \"".utf8) + [0xFF] + Array("\"}".utf8)
    #expect(throws: TableError.notUTF8(path: "x.jsonl", line: 2)) {
      try TableFile.table(of: bytes, path: "x.jsonl", format: .jsonLines)
    }
  }

  @Test func alteredBytesAreReadOrRefused() {
    let bytes = Array(
      "{\"a\": [1, -2.5e3], \"b\": \"x\\u00e4\\n\"}\n{\"a\": [], \"b\": \"\"}\n".utf8)
    var read = 0
    for altered in alterations(of: bytes) {
      do {
        read += try TableFile.table(of: altered, path: "x", format: .jsonLines).rowCount
      } catch { #expect("\(error)".contains("x")) }
    }
    #expect(read > 20)
  }
}
