import Refrain
import RefrainTables
import TestSupport
import Testing

struct SeparatedTests {
  private func table(_ text: String, _ format: TableFormat = .csv) throws -> Table {
    try TableFile.table(of: Array(text.utf8), path: "x.csv", format: format)
  }

  /// Rows of texts.
  private func rows(_ table: Table) throws -> [[String]] {
    let columns = try table.columns.map { try table.texts(of: $0) }
    return (0..<table.rowCount).map { row in columns.map { $0[row] } }
  }

  @Test(arguments: [
    ("a,b\n1,2\n", [["1", "2"]]),
    ("a,b\n1,2", [["1", "2"]]),
    ("\u{FEFF}a,b\r\n1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]]),
    ("a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
    ("\n\na,b\n\n1,2\n\n\n", [["1", "2"]]),
    ("a,b\n,\n", [["", ""]]),
    ("\"a\",\"b\"\n\"x, \"\"y\"\"\",\"two\r\nlines\"\n", [["x, \"y\"", "two\r\nlines"]]),
    ("a,b\n\"\",\"\"\"\"\n", [["", "\""]]),
    ("a,b\n5\" pipe, 2 \"m\"\n", [["5\" pipe", " 2 \"m\""]]),
    ("a,b\nä€😀,e\u{301}\n", [["ä€😀", "é"]]),
    ("a,b\n1,\n2,\"\"", [["1", ""], ["2", ""]]),
  ])
  func commas(text: String, expected: [[String]]) throws {
    let table = try table(text)
    #expect(table.columns == ["a", "b"])
    #expect(try rows(table) == expected)
  }

  @Test func tabs() throws {
    let table = try table("word\tsounds\nno, \"sir\"\tN OW\n\"a\tb\"\tc\n", .tsv)
    #expect(table.columns == ["word", "sounds"])
    #expect(try rows(table) == [["no, \"sir\"", "N OW"], ["a\tb", "c"]])
    #expect(try table.wordSequences(of: "sounds") == [["N", "OW"], ["c"]])
  }

  /// What is written by the rules reads back, whatever is in it.
  @Test func whatIsWrittenReadsBack() throws {
    var random = RandomStream(seed: 5, purpose: .noise)
    let pieces = ["a", "\"", ",", "\n", "\r\n", "\r", " ", "ü", "😀", "\"\""]
    for _ in 0..<300 {
      let columns = Int.random(in: 1...4, using: &random)
      let rows = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (0..<columns).map { _ in
          (0..<Int.random(in: 0...5, using: &random)).map { _ in
            pieces.randomElement(using: &random)!
          }.joined()
        }
      }
      let names = (0..<columns).map { "column \($0)" }
      let text = ([names] + rows).map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
      }.joined(separator: "\r\n")
      #expect(
        try self.rows(table(text)).map { $0.map { Array($0.utf8) } }
          == rows.map { $0.map { Array($0.utf8) } })
    }
  }

  @Test func linesCountWhatAnEditorCounts() throws {
    let table = try table("a,b\n\"1\n\r\n\r\",2\n\n3,4\n")
    #expect(table.lines == [2, 7])
  }

  @Test(arguments: [
    ("", TableError.empty(path: "x.csv")),
    ("\u{FEFF}\r\n\n", .empty(path: "x.csv")),
    ("a,b\n\n", .noRows(path: "x.csv")),
    ("a,b\n1,2\n1,2,3\n", .ragged(path: "x.csv", line: 3, fields: 3, columns: 2)),
    ("a,b\n\"1\n\n\",2\n1\n", .ragged(path: "x.csv", line: 5, fields: 1, columns: 2)),
    ("a,b,a\n1,2,3\n", .duplicateColumn(path: "x.csv", name: "a")),
    ("a,b\n1,\"2\n3,4\n", .unclosedQuote(path: "x.csv", line: 2)),
    ("a,b\n1,\"2\n3\"x,4\n", .textAfterQuote(path: "x.csv", line: 3)),
  ])
  func faults(text: String, expected: TableError) {
    #expect(throws: expected) { try table(text) }
  }

  /// A text, the bytes after it, and the line of those.
  private static let otherEncodings: [(String, [UInt8], Int)] = [
    ("", [0xFF, 0xFE, 0x61, 0x00], 1),
    ("a,b\n1,2\n", [0xC3], 3),
    ("a,b\n\"1\n2", [0xC3, 0x22, 0x2C, 0x32], 3),
    ("a\n", [0xED, 0xA0, 0x80, 0x0A], 2),
  ]

  @Test(arguments: otherEncodings)
  func notUTF8(text: String, bytes: [UInt8], line: Int) {
    #expect(throws: TableError.notUTF8(path: "x.csv", line: line)) {
      try TableFile.table(of: Array(text.utf8) + bytes, path: "x.csv", format: .csv)
    }
  }

  /// Nothing that a file holds may end the program.
  @Test func alteredBytesAreReadOrRefused() {
    let bytes = Array("\u{FEFF}a,b\r\n\"1,\"\"\n\",ä\r\n3,4\n".utf8)
    var read = 0
    for altered in alterations(of: bytes) {
      for format in TableFormat.allCases {
        do {
          let table = try TableFile.table(of: altered, path: "x", format: format)
          #expect(table.lines.allSatisfy { (1...6).contains($0) })
          read += 1
        } catch { #expect("\(error)".contains("x")) }
      }
    }
    #expect(read > 15)
  }
}
