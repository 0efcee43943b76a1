import Foundation
import FuzzInput
import RefrainNotes

@main
struct FuzzPianoRolls: FuzzTarget {
  static func read(_ input: FuzzInput) {
    input.read { _ = try PianoRollCollection(bytes: input.bytes, path: "x.json") }
  }

  static func seeds() throws -> [[UInt8]] {
    [Array(#"{"train": [[[60, 64], []], [[21]]], "valid": [], "test": [[]]}"#.utf8)]
  }
}
