import Refrain
import RefrainTables
import TestSupport
import Testing

struct TableTests {
  private func table(_ text: String) throws -> Table {
    try TableFile.table(of: Array(text.utf8), path: "x.csv", format: .csv)
  }

  @Test func columnsOfNumbers() throws {
    let table = try table("a,b,c\n 1.5 ,1 2 -3e1,x\n-2,,y\n")
    #expect(try table.numbers(of: "a") == [1.5, -2])
    #expect(try table.numberSequences(of: "b") == [[1, 2, -30], []])
    #expect(try table.wordSequences(of: "b") == [["1", "2", "-3e1"], []])
    #expect(table[row: 1, column: 2] == .text("y"))
  }

  @Test(arguments: ["", "abc", "1,5", "nan", "inf", "1 2", "1e999"])
  func whatIsNoNumber(text: String) throws {
    let table = try table("a,b\n1,1\n2,\"\(text)\"\n")
    let error = #expect(throws: TableError.self) { try table.numbers(of: "b") }
    let value = text.isEmpty ? "nothing" : "“\(text)”"
    #expect(
      "\(try #require(error))"
        == "line 3 of x.csv has \(value) in “b”, where a number is needed: correct it, or remove the row."
    )
  }

  @Test func aMissingColumnIsNotGuessed() throws {
    let table = try table("Speaker,speech\na,b\n")
    let near = #expect(throws: TableError.self) { try table.texts(of: "speakr") }
    #expect(
      "\(try #require(near))"
        == "x.csv has no column “speakr”; “Speaker” may be meant; it has “Speaker”, “speech”.")
    let far = #expect(throws: TableError.self) { try table.texts(of: "label") }
    #expect(
      "\(try #require(far))" == "x.csv has no column “label”; it has “Speaker”, “speech”.")
  }

  @Test func sentencesAreFitForATerminal() throws {
    let name = "\u{1B}[2J" + String(repeating: "x", count: 500)
    let error = #expect(throws: TableError.self) { try table("\(name),\(name)\n1,2\n") }
    let sentence = "\(try #require(error))"
    #expect(sentence.count < 120 && !sentence.contains("\u{1B}"), "\(sentence)")
    #expect(
      "\(TableError.ragged(path: "x.csv", line: 17, fields: 3, columns: 4))"
        .hasPrefix("line 17 of x.csv has 3 fields, the first line 4"))
  }

  @Test func filesTellTheirFormat() throws {
    let scratch = try Scratch()
    let csv = try scratch.write("a,b\n1,2\n".utf8, "x.CSV")
    #expect(try TableFile.read(csv).columns == ["a", "b"])
    let tabs = try scratch.write("a\tb\n1\t2\n".utf8, "x.tsv")
    #expect(try TableFile.read(tabs).columns == ["a", "b"])
    let json = try scratch.write("{\"a\": 1}\n".utf8, "x.jsonl")
    #expect(try TableFile.read(json).columns == ["a"])

    let other = try scratch.write("a,b\n1,2\n".utf8, "x.txt")
    #expect(throws: TableError.unknownFormat(path: other)) { try TableFile.read(other) }
    #expect(try TableFile.read(other, format: .csv).rowCount == 1)
    let compressed = try scratch.write([0x1F, 0x8B, 8, 0], "x.csv.gz")
    #expect(throws: TableError.compressed(path: compressed)) { try TableFile.read(compressed) }
    let empty = try scratch.write([], "empty.csv")
    #expect(throws: TableError.empty(path: empty)) { try TableFile.read(empty) }
    #expect(throws: FileError.self) { try TableFile.read(scratch.path + "/none.csv") }
    #expect(throws: FileError.self) { try TableFile.read(scratch.path) }
  }
}
