import RefrainNotes
import TestSupport
import Testing

@Suite("Notes from outside, altered in every way")
struct AlteredNotesTests {
  private static let rounds = TestLength.count(short: 300, long: 2000)

  private static func piece() throws -> PianoRoll {
    PianoRoll(try [[60], [60, 64], [], [72], [72, 76, 79], [21, 108]].map { try KeySet($0) })
  }

  /// A piece of notes can be a rest of 100,000 time steps, of 16 bytes each, in a file of 30 bytes.
  @Test func midiFilesAreReadOrRefused() throws {
    let whole = try Self.piece().midi()
    var alteration = Alteration(seed: 6)
    var read = 0
    for round in 0..<Self.rounds {
      let altered = alteration.next(whole)
      let reading = ForeignReading {
        _ = try PianoRoll(midi: altered, path: "x.mid", stepsPerQuarter: 1 + round % 4)
      }
      #expect(
        reading.fault(size: altered.count, allowance: 16 * PianoRoll.mostTimeSteps) == nil,
        "round \(round)")
      if reading.isRead { read += 1 }
    }
    #expect(read > Self.rounds / 100)
  }

  /// Every track holds a key from the beginning to the end.
  @Test func aKeyHeldByManyTracksIsHeldOnce() throws {
    var bytes = Array("MThd".utf8) + [0, 0, 0, 6, 0, 1, 0xFF, 0xFF, 0, 1]
    let track: [UInt8] = [0, 0x90, 60, 80, 0x86, 0x8D, 0x1F, 0x80, 60, 0, 0, 0xFF, 0x2F, 0]
    for _ in 0..<4000 { bytes += Array("MTrk".utf8) + [0, 0, 0, UInt8(track.count)] + track }
    var roll = PianoRoll([])
    let reading = ForeignReading { roll = try PianoRoll(midi: bytes, path: "x.mid") }
    #expect(roll.frames.count == 99_999 && roll.notes.count == 1)
    #expect(reading.fault(size: bytes.count, allowance: 16 * PianoRoll.mostTimeSteps) == nil)
  }

  @Test func collectionsAreReadOrRefused() {
    let json = #"{"train": [[[60, 64], []], [[21]]], "valid": [[[62], [64]]], "test": [[[72]]]}"#
    let whole = Array(json.utf8)
    var alteration = Alteration(seed: 7)
    var read = 0
    for round in 0..<Self.rounds {
      let altered = alteration.next(whole)
      let reading = ForeignReading { _ = try PianoRollCollection(bytes: altered, path: "x.json") }
      #expect(reading.fault(size: altered.count) == nil, "round \(round)")
      if reading.isRead { read += 1 }
    }
    #expect(read > Self.rounds / 100)
  }
}
