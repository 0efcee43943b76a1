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
  input.read { _ = try PianoRoll(midi: input.bytes, path: "x.mid", momentsPerQuarter: 4).notes }
  return 0
}

private func seeds() throws -> [[UInt8]] {
  let keys = try [[60], [60, 64], [], [72]].map { try KeySet($0) }
  return [try PianoRoll(keys).midi()]
}
