import Foundation
import FuzzInput
import RefrainTables

/// Called by libFuzzer before the first input.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
  FuzzInput.writeSeeds { try seeds() }
}

/// Called by libFuzzer with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = FuzzInput(start, count)
  guard let first = input.bytes.first else { return 0 }
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
  return 0
}

private func seeds() throws -> [[UInt8]] {
  [
    "\u{0}a,b\n1,\"x, \"\"y\"\"\n\"\r\n3,4\n", "\u{1}a\tb\n1\tä\n",
    "\u{2}{\"a\": [1, -2.5e3], \"b\": \"\\u00e4\"}\n{\"a\": [], \"b\": [\"x\"]}\n",
  ].map { Array($0.utf8) }
}
