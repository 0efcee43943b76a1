/// The notes of one track, in its ticks.
struct MIDITrack {
  /// A key that went down at the first tick and up at the last; the same where it has no length.
  struct Note {
    let key: Int
    let ticks: ClosedRange<Int>
  }

  private(set) var notes: [Note] = []
  /// When the track ends.
  private(set) var end = 0
  /// When each key that is down went down, by channel and key.
  private var begins: [Int: Int] = [:]

  /// Reads the events of a track, its end included or not.
  init(_ bytes: MIDIBytes) throws(MIDIProblem) {
    var bytes = bytes
    var status: UInt8 = 0
    events: while !bytes.isAtEnd {
      end += try bytes.variable()
      // A byte below 0x80 is data already, and the status stays what it was.
      if let next = bytes.next, next >= 0x80 { status = try bytes.byte() }
      switch status {
      case 0xFF:
        let kind = try bytes.byte()
        let length = try bytes.variable()
        _ = try bytes.part(length)
        if kind == 0x2F { break events }
        status = 0
      case 0xF0, 0xF7:
        let length = try bytes.variable()
        _ = try bytes.part(length)
        status = 0
      case 0x80..<0xF0: try readChannelEvent(status, from: &bytes)
      default: throw MIDIProblem(reason: "an event is of no known kind")
      }
    }
    finish()
  }

  private mutating func readChannelEvent(
    _ status: UInt8, from bytes: inout MIDIBytes
  ) throws(MIDIProblem) {
    let channel = Int(status & 0x0F)
    let first = Int(try bytes.byte())
    // A program and a channel's pressure are one byte, everything else two.
    let second = (0xC0..<0xE0).contains(status) ? 0 : Int(try bytes.byte())
    guard first < 128, second < 128 else { throw MIDIProblem(reason: "a data byte is above 127") }
    guard channel != Self.drums else { return }
    switch status & 0xF0 {
    case 0x90 where second > 0: press(channel << 7 | first)
    case 0x80, 0x90: release(channel << 7 | first)
    default: break
    }
  }

  private static let drums = 9

  /// A key that is down already is struck again: the first note ends there.
  private mutating func press(_ place: Int) {
    release(place)
    begins[place] = end
  }

  private mutating func release(_ place: Int) {
    guard let begin = begins.removeValue(forKey: place) else { return }
    notes.append(Note(key: place & 0x7F, ticks: begin...end))
  }

  /// What is still down is held to the end.
  private mutating func finish() {
    for place in begins.keys.sorted() { release(place) }
  }
}
