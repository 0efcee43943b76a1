import Foundation
import FuzzInput
import RefrainNotes

@main
struct FuzzMIDI: FuzzTarget {
  static func read(_ input: FuzzInput) {
    input.read { _ = try PianoRoll(midi: input.bytes, path: "x.mid", stepsPerQuarter: 4).notes }
  }

  static func seeds() throws -> [[UInt8]] {
    let keys = try [[60], [60, 64], [], [72]].map { try KeySet($0) }
    return [PianoRoll(keys).midi()]
  }
}
