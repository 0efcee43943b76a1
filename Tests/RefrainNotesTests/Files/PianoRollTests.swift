import Foundation
import Refrain
import RefrainRuns
import RefrainNotes
import TestSupport
import Testing

struct PianoRollTests {
  @Test func keysThatAreDown() throws {
    var keys = try KeySet([60, 21, 108, 60])
    #expect(keys.notes == [21, 60, 108] && keys.count == 3 && !keys.isEmpty)
    #expect(keys.contains(60) && !keys.contains(61) && !keys.contains(20) && !keys.contains(200))
    let values = keys.values
    #expect(values.count == 88 && values[0] == 1 && values[39] == 1 && values[87] == 1)
    #expect(values.reduce(0, +) == 3)
    #expect(KeySet(values) == keys)
    #expect(KeySet(values.map { $0 * 0.4 }).isEmpty)
    #expect(KeySet(values.map { $0 * 0.4 }, threshold: 0.3) == keys)
    keys.insert(61)
    #expect(keys.notes == [21, 60, 61, 108])
  }

  @Test(arguments: [-1, 0, 20, 109, 128, Int.max, Int.min])
  func whatIsNoKey(note: Int) {
    #expect(throws: NotesError.noKey(note)) { try KeySet([60, note]) }
  }

  @Test func runsAreNotes() throws {
    let roll = PianoRoll(try [[60, 64], [60], [], [60, 64], [64]].map { try KeySet($0) })
    #expect(
      roll.notes == [
        PianoRoll.Note(key: 60, timeSteps: 0..<2), PianoRoll.Note(key: 64, timeSteps: 0..<1),
        PianoRoll.Note(key: 60, timeSteps: 3..<4), PianoRoll.Note(key: 64, timeSteps: 3..<5),
      ])
    #expect(PianoRoll([]).notes.isEmpty)
    #expect(PianoRoll(roll.notes, count: 5) == roll)
    #expect(PianoRoll(roll.notes, count: 2).frames == Array(roll.frames[..<2]))
  }

  @Test func notesMakeTheSameRoll() {
    var random = RandomStream(seed: 3, purpose: .noise)
    for _ in 0..<50 {
      let roll = PianoRoll.byChance(&random)
      #expect(PianoRoll(roll.notes, count: roll.frames.count) == roll)
    }
  }

  @Test func collections() throws {
    let json = #"{"train": [[[60, 64], []], [[21]]], "valid": [], "test": [[]]}"#
    let pieces = try PianoRollCollection(bytes: Array(json.utf8), path: "x.json")
    #expect(pieces.training.map { $0.frames.map(\.notes) } == [[[60, 64], []], [[21]]])
    #expect(pieces.validation.isEmpty && pieces.test == [PianoRoll([])])
  }

  @Test(arguments: [
    (#"{"train": [], "valid": []}"#, "it lacks “test”"),
    (
      #"{"train": [[60]], "valid": [], "test": []}"#,
      "something else stands at “train”, number 1, number 1"
    ),
    ("[]", "something else stands at its top"),
    ("{", "it is not JSON"),
    (
      #"{"train": [], "valid": [[[60], [5]]], "test": []}"#,
      "\(NotesError.noKey(5)) at time step 2 of piece 1 in “valid”"
    ),
  ])
  func wrongCollections(json: String, reason: String) {
    #expect(throws: NotesError.notPieces(path: "x.json", reason: reason)) {
      try PianoRollCollection(bytes: Array(json.utf8), path: "x.json")
    }
  }

  @Test func alteredCollectionsAreReadOrRefused() {
    let json = #"{"train": [[[60, 64], []]], "valid": [], "test": [[[72]]]}"#
    for altered in alterations(of: Array(json.utf8)) {
      do {
        #expect(try PianoRollCollection(bytes: altered, path: "x.json").training.count < 3)
      } catch { #expect("\(error)".hasPrefix("x.json")) }
    }
  }
}

extension PianoRoll {
  /// A few keys held and released by chance.
  static func byChance(_ random: inout RandomStream) -> PianoRoll {
    let keys = [21, 60, 64, 108]
    return PianoRoll(
      (0..<Int.random(in: 0...40, using: &random)).map { _ in
        var frame = KeySet()
        for key in keys where Bool.random(using: &random) { frame.insert(key) }
        return frame
      })
  }
}
