import Refrain
import RefrainRuns
import RefrainNotes
import TestSupport
import Testing

struct MIDITests {
  private func roll(_ notes: [[Int]]) throws -> PianoRoll {
    PianoRoll(try notes.map { try KeySet($0) })
  }

  /// A file of one track with these events.
  private func file(format: UInt8 = 0, division: [UInt8] = [0, 96], _ tracks: [UInt8]...) -> [UInt8]
  {
    var bytes = Array("MThd".utf8) + [0, 0, 0, 6, 0, format, 0, UInt8(tracks.count)] + division
    for track in tracks {
      bytes += Array("MTrk".utf8) + [0, 0, 0, UInt8(track.count)] + track
    }
    return bytes
  }

  @Test func theBytesOfASmallPiece() throws {
    let bytes = try roll([[60], [60, 64]]).midi(stepsPerQuarter: 2, tempo: 120)
    let track: [UInt8] = [
      0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20,
      0, 0x90, 60, 80, 120, 0x90, 64, 80,
      120, 0x80, 60, 64, 0, 0x80, 64, 64,
      0, 0xFF, 0x2F, 0,
    ]
    #expect(bytes == file(division: [0, 240], track))
  }

  @Test(arguments: [1, 2, 3, 4, 64])
  func writtenPiecesReadBack(stepsPerQuarter: Int) throws {
    var random = RandomStream(seed: 9, purpose: .noise)
    let rests = [KeySet](repeating: KeySet(), count: 2000)
    let held = [KeySet](repeating: try KeySet([60]), count: 300)
    let long = PianoRoll(rests + held + rests)
    for roll in (0..<40).map({ _ in PianoRoll.byChance(&random) }) + [long] {
      let bytes = roll.midi(stepsPerQuarter: stepsPerQuarter, tempo: 77.7)
      #expect(
        try PianoRoll(midi: bytes, path: "x.mid", stepsPerQuarter: stepsPerQuarter) == roll)
    }
  }

  @Test func files() throws {
    let scratch = try Scratch()
    let roll = try roll([[60], [], [60, 67], []])
    try roll.writeMIDI(to: scratch.path + "/x.mid")
    #expect(try PianoRoll(midiFile: scratch.path + "/x.mid") == roll)
    #expect(throws: FileError.self) { try PianoRoll(midiFile: scratch.path + "/none.mid") }
    #expect(throws: FileError.self) { try roll.writeMIDI(to: scratch.path + "/none/x.mid") }
  }

  /// What our writer does not write: running status, a note-on of no loudness, other events, several
  /// tracks, drums, chunks of other kinds, notes that are never released.
  @Test func whatOtherProgramsWrite() throws {
    let first: [UInt8] = [
      0, 0xFF, 0x03, 2, 0x41, 0x42,  // a name
      0, 0xC0, 5, 0, 0xB0, 64, 127, 0, 0xE0, 0, 64, 0, 0xD0, 9,  // program, pedal, bend, pressure
      0, 0xF0, 2, 1, 0xF7,  // system exclusive
      0, 0x90, 60, 80, 96, 60, 0, 0, 64, 70,  // running status; 60 ends as 64 begins
      96, 0xFF, 0x2F, 0,
    ]
    let second: [UInt8] = [
      0x81, 0x40, 0x91, 72, 1,  // at tick 192, never released
      0, 0x99, 35, 100,  // a drum
      96, 0xFF, 0x2F, 0,
    ]
    var bytes = file(format: 1, first, second)
    bytes += Array("XFIH".utf8) + [0, 0, 0, 1, 7]
    #expect(
      try PianoRoll(midi: bytes, path: "x.mid") == roll([[60], [64], [72]]))
  }

  @Test func notesBeginAtTheNearestTimeStep() throws {
    // 47 of 96 ticks late, held for 2: still one time step. The next is 49 late.
    let track: [UInt8] = [
      47, 0x90, 60, 80, 2, 60, 0, 96, 62, 80, 1, 62, 0, 0, 0xFF, 0x2F, 0,
    ]
    #expect(try PianoRoll(midi: file(track), path: "x") == roll([[60], [], [62]]))
  }

  @Test func refusals() throws {
    let end: [UInt8] = [0, 0xFF, 0x2F, 0]
    let cases: [([UInt8], String)] = [
      ([], "it ends too early"),
      (Array("RIFF1234".utf8), "it does not begin with “MThd”"),
      (file(format: 2, end), "its format is 2"),
      (file(division: [0xE7, 40], end), "its time is not counted in parts of a quarter note"),
      (file(division: [0, 0], end), "its time is not counted in parts of a quarter note"),
      (file(), "it has no track"),
      (file([0, 0x90, 5, 80] + end), "\(NotesError.noKey(5))"),
      (file([0, 0x90, 200, 80] + end), "a data byte is above 127"),
      (file([0, 60, 80] + end), "an event is of no known kind"),
      (file([0xFF, 0xFF, 0xFF, 0xFF, 0] + end), "a number has no end"),
      (
        file(division: [0, 1], [0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0x2F, 0]),
        "it lasts 268435455 time steps, and 100000 are the most"
      ),
    ]
    for (bytes, reason) in cases {
      #expect(throws: NotesError.notMIDI(path: "x.mid", reason: reason)) {
        try PianoRoll(midi: bytes, path: "x.mid")
      }
    }
  }

  @Test func alteredFilesAreReadOrRefused() throws {
    let bytes = try roll([[60], [60, 64], [], [72]]).midi()
    var read = 0
    for altered in alterations(of: bytes) {
      do {
        let roll = try PianoRoll(midi: altered, path: "x.mid")
        #expect(roll.frames.count <= PianoRoll.mostTimeSteps)
        read += 1
      } catch { #expect("\(error)".hasPrefix("x.mid cannot be read")) }
    }
    #expect(read > 20)
  }
}
