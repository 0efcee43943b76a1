internal import Refrain

extension PianoRoll {
  /// Writes the piece as a Standard MIDI File: format 0, one piano, a note for every run of a key.
  ///
  /// - Parameters:
  ///   - path: the file, which is there whole or not at all.
  ///   - stepsPerQuarter: how many time steps make a quarter note, 1 to 64.
  ///   - tempo: quarter notes per minute, 4 to 1000.
  /// - Throws: `FileError`.
  public func writeMIDI(to path: String, stepsPerQuarter: Int = 1, tempo: Double = 90) throws {
    try DurableFile.write(midi(stepsPerQuarter: stepsPerQuarter, tempo: tempo), to: path)
  }

  /// The bytes that ``writeMIDI(to:stepsPerQuarter:tempo:)`` writes.
  public func midi(stepsPerQuarter: Int = 1, tempo: Double = 90) -> [UInt8] {
    precondition((1...64).contains(stepsPerQuarter), "1 to 64 time steps make a quarter note")
    precondition((4...1000).contains(tempo), "4 to 1000 quarter notes make a minute")
    var track: [UInt8] = []
    let microseconds = UInt32((60_000_000 / tempo).rounded())
    track += [0, 0xFF, 0x51, 3] + microseconds.bigEndianBytes.dropFirst()
    var written = 0
    for event in keyEvents {
      track.appendVariable(UInt32((event.timeStep - written) * ticksPerStep))
      track += [event.begins ? 0x90 : 0x80, UInt8(event.key), event.begins ? 80 : 64]
      written = event.timeStep
    }
    // The end says how long the piece is: it may close with a rest.
    track.appendVariable(UInt32((frames.count - written) * ticksPerStep))
    track += [0xFF, 0x2F, 0]

    let division = UInt16(stepsPerQuarter * ticksPerStep)
    let header = Array("MThd".utf8) + UInt32(6).bigEndianBytes + [0, 0, 0, 1]
    return header + division.bigEndianBytes + Array("MTrk".utf8)
      + UInt32(track.count).bigEndianBytes + track
  }

  /// Keys that go down or up, in order; at one time step first those that go up.
  private var keyEvents: [(timeStep: Int, begins: Bool, key: Int)] {
    let events = notes.flatMap { note in
      [
        (timeStep: note.timeSteps.lowerBound, begins: true, key: note.key),
        (timeStep: note.timeSteps.upperBound, begins: false, key: note.key),
      ]
    }
    return events.sorted {
      ($0.timeStep, $0.begins ? 1 : 0, $0.key) < ($1.timeStep, $1.begins ? 1 : 0, $1.key)
    }
  }
}

private let ticksPerStep = 120

extension FixedWidthInteger {
  /// The most significant byte first.
  fileprivate var bigEndianBytes: [UInt8] {
    stride(from: bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
  }
}

extension [UInt8] {
  /// Appends a number of MIDI's variable length, below 2^28: seven bits a byte, the top bit set in all but
  /// the last.
  fileprivate mutating func appendVariable(_ number: UInt32) {
    precondition(number < 1 << 28, "a rest is shorter than \((1 << 28) / ticksPerStep) time steps")
    for shift in stride(from: 21, through: 7, by: -7) where number >> shift != 0 {
      append(UInt8(truncatingIfNeeded: number >> shift) | 0x80)
    }
    append(UInt8(truncatingIfNeeded: number & 0x7F))
  }
}
