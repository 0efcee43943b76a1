internal import Refrain

extension PianoRoll {
  /// A piece has no more time steps than this: a short file can claim a rest of years.
  public static let mostTimeSteps = 100_000

  /// Reads the Standard MIDI File at `path`, of format 0 or 1.
  ///
  /// All tracks and channels play on one piano; drums (channel 10) are left out. Notes begin and end at the
  /// nearest time step and last at least one. Tempo, loudness and pedals are passed over.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - stepsPerQuarter: how many time steps make a quarter note, 1 to 64.
  /// - Throws: ``NotesError``, or `FileError` if the file cannot be read.
  public init(midiFile path: String, stepsPerQuarter: Int = 1) throws {
    let file = try ByteFile(path)
    try self.init(
      midi: try file.read(at: 0, count: file.size), path: path, stepsPerQuarter: stepsPerQuarter
    )
  }

  /// Reads the bytes of a Standard MIDI File, as ``init(midiFile:stepsPerQuarter:)`` does.
  ///
  /// - Parameters:
  ///   - bytes: the contents of the file.
  ///   - path: what errors call it.
  ///   - stepsPerQuarter: how many time steps make a quarter note, 1 to 64.
  public init(midi bytes: [UInt8], path: String, stepsPerQuarter: Int = 1) throws(NotesError) {
    precondition((1...64).contains(stepsPerQuarter), "1 to 64 time steps make a quarter note")
    do {
      let file = try MIDIFile(bytes)
      try self.init(file, stepsPerQuarter: stepsPerQuarter)
    } catch { throw .notMIDI(path: path, reason: error.reason) }
  }

  private init(_ file: MIDIFile, stepsPerQuarter: Int) throws(MIDIProblem) {
    func timeStep(_ tick: Int) -> Int {
      (2 * tick * stepsPerQuarter + file.ticksPerQuarter) / (2 * file.ticksPerQuarter)
    }
    var notes: [Note] = []
    for note in file.tracks.lazy.flatMap(\.notes) {
      guard KeySet.keys.contains(note.key) else {
        throw MIDIProblem(reason: "\(NotesError.noKey(note.key))")
      }
      let begin = timeStep(note.ticks.lowerBound)
      notes.append(
        Note(key: note.key, timeSteps: begin..<max(begin + 1, timeStep(note.ticks.upperBound))))
    }
    let end = file.tracks.map { timeStep($0.end) }.max() ?? 0
    let count = max(end, notes.map(\.timeSteps.upperBound).max() ?? 0)
    guard count <= Self.mostTimeSteps else {
      throw MIDIProblem(
        reason: "it lasts \(count) time steps, and \(Self.mostTimeSteps) are the most")
    }
    self.init(notes, count: count)
  }
}

/// The tracks of a Standard MIDI File.
private struct MIDIFile {
  let ticksPerQuarter: Int
  private(set) var tracks: [MIDITrack] = []

  init(_ bytes: [UInt8]) throws(MIDIProblem) {
    var bytes = MIDIBytes(bytes[...])
    guard try bytes.number(bytes: 4) == Self.headerName else {
      throw MIDIProblem(reason: "it does not begin with “MThd”")
    }
    let headerLength = try bytes.number(bytes: 4)
    var header = try bytes.part(headerLength)
    let format = try header.number(bytes: 2)
    guard format <= 1 else { throw MIDIProblem(reason: "its format is \(format)") }
    _ = try header.number(bytes: 2)
    ticksPerQuarter = try header.number(bytes: 2)
    guard (1..<0x8000).contains(ticksPerQuarter) else {
      throw MIDIProblem(reason: "its time is not counted in parts of a quarter note")
    }
    // Chunks of other kinds are passed over, as the standard asks.
    while !bytes.isAtEnd {
      let name = try bytes.number(bytes: 4)
      let length = try bytes.number(bytes: 4)
      let chunk = try bytes.part(length)
      if name == Self.trackName { tracks.append(try MIDITrack(chunk)) }
    }
    guard !tracks.isEmpty else { throw MIDIProblem(reason: "it has no track") }
  }

  private static let headerName = 0x4D54_6864
  private static let trackName = 0x4D54_726B
}
