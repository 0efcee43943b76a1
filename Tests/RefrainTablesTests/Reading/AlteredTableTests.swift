import Refrain
import RefrainTables
import TestSupport
import Testing

/// Tables and notes that something happened to, or somebody.
///
/// A value of a table takes 24 bytes, and can be a single comma in its file; a list grows by doubling. So
/// the largest piece of memory is at most 50 times the file: that is asked of all tables, and of small ones
/// the promise of 1 MiB more than twice the file.
struct AlteredTableTests {
  private static let rounds = TestLength.count(short: 300, long: 2000)

  private static let tables: [(format: TableFormat, text: String)] = [
    (
      .csv,
      "\u{FEFF}name,year,\"what, said\"\r\nAda,1843,\"a \"\"note\"\"\r\nG\"\r\nKurt,1931,ä\r\n"
    ),
    (.tsv, "text\tlabel\nshort and sweet\tpos\n\nlong, and\tneg\n"),
    (
      .jsonLines,
      """
      {"text": "a\\n\\u00e4 \\ud83d\\ude00", "n": -1.5e2, "row": [1, 2.5], "words": ["x", "y"]}

      {"words": [], "row": [], "n": 3, "text": ""}\r
      """
    ),
  ]

  @Test(arguments: TableFormat.allCases)
  func tablesAreReadOrRefused(_ format: TableFormat) throws {
    let whole = Array(try #require(Self.tables.first { $0.format == format }).text.utf8)
    let folder = try Scratch()
    var alteration = Alteration(seed: 5)
    var read = 0
    for round in 0..<Self.rounds {
      let altered = alteration.next(whole)
      let path = try folder.write(altered, "table")
      let reading = ForeignReading {
        let table = try TableFile.read(path, format: format)
        for name in table.columns {
          _ = try? table.numbers(of: name)
          _ = try? table.numberSequences(of: name)
          _ = try? table.wordSequences(of: name)
        }
        _ = try table.texts(of: "none of them")
      }
      #expect(reading.fault(size: altered.count) == nil, "round \(round)")
      if case .noSuchColumn = reading.error as? TableError { read += 1 }
    }
    #expect(read > Self.rounds / 100)
  }

  /// Files that hold as many values, lines or brackets as a file of their size can.
  @Test func aFullTableTakesNoMoreThanItsValues() {
    let count = 200_000
    let rows = Array("a,b\n".utf8) + (0..<count).flatMap { _ in Array(",\n".utf8) }
    let columns = (0..<20_000).map(String.init).joined(separator: ",")
    let wide = Array((columns + "\n" + String(repeating: ",", count: 19_999) + "\n").utf8)
    let numbers = Array("{\"a\":[\(String(repeating: "1,", count: count))1]}".utf8)
    let open = Array(repeating: UInt8(ascii: "\""), count: count)
    for (bytes, format) in [
      (rows, TableFormat.csv), (wide, .csv), (open, .csv), (open, .tsv), (numbers, .jsonLines),
      (Array(repeating: UInt8(ascii: "{"), count: count), .jsonLines),
      (Array(repeating: 0x0A, count: count), .jsonLines),
    ] {
      let reading = ForeignReading {
        _ = try TableFile.table(of: bytes, path: "full", format: format)
      }
      #expect(reading.largest <= 50 * bytes.count + 1 << 20, "\(reading.largest)")
    }
  }
}
