import Foundation
import FuzzInput
import RefrainTables

@main
struct FuzzTable: FuzzTarget {
  static func read(_ input: FuzzInput) {
    guard let first = input.bytes.first else { return }
    let formats = TableFormat.allCases
    let format = formats[Int(first) % formats.count]
    input.read {
      let table = try TableFile.table(
        of: Array(input.bytes.dropFirst()), path: "x", format: format)
      for name in table.columns {
        input.read { _ = try table.texts(of: name) }
        input.read { _ = try table.numbers(of: name) }
        input.read { _ = try table.numberSequences(of: name) }
        input.read { _ = try table.wordSequences(of: name) }
      }
    }
  }

  static func seeds() throws -> [[UInt8]] {
    [
      "\u{0}a,b\n1,\"x, \"\"y\"\"\n\"\r\n3,4\n", "\u{1}a\tb\n1\tä\n",
      "\u{2}{\"a\": [1, -2.5e3], \"b\": \"\\u00e4\"}\n{\"a\": [], \"b\": [\"x\"]}\n",
    ].map { Array($0.utf8) }
  }
}
