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
  input.read { _ = try PianoRollCollection(bytes: input.bytes, path: "x.json") }
  return 0
}

private func seeds() throws -> [[UInt8]] {
  [Array(#"{"train": [[[60, 64], []], [[21]]], "valid": [], "test": [[]]}"#.utf8)]
}
