/// A piece of music as the keys that are down at moments of equal length, like the paper of a player piano.
///
/// A key that is down in two moments in a row is held: that it was struck twice cannot be told.
public struct PianoRoll: Hashable, Sendable {
  /// A key, held from one moment on.
  public struct Note: Hashable, Sendable {
    /// The key's MIDI number.
    public let key: Int
    /// The first moment, and how many follow one another.
    public let moments: Range<Int>

    /// The key `key`, one of ``KeySet/keys``, held during `moments`, at least one.
    public init(key: Int, moments: Range<Int>) {
      precondition(KeySet.keys.contains(key) && !moments.isEmpty, "a note is a key, held")
      self.key = key
      self.moments = moments
    }
  }

  /// The keys that are down, moment by moment.
  public var frames: [KeySet]

  /// A piece of these moments.
  public init(_ frames: [KeySet]) {
    self.frames = frames
  }

  /// A piece of `count` moments in which these notes are held; what lies outside is left out.
  public init(_ notes: some Sequence<Note>, count: Int) {
    frames = Array(repeating: KeySet(), count: count)
    // What several notes hold is written once: a short file can hold a key a thousand times.
    var ends: [Int: Int] = [:]
    for note in notes.sorted(by: { $0.moments.lowerBound < $1.moments.lowerBound }) {
      let begin = max(note.moments.lowerBound, ends[note.key, default: 0])
      let end = min(note.moments.upperBound, count)
      guard begin < end else { continue }
      for moment in begin..<end { frames[moment].insert(note.key) }
      ends[note.key] = end
    }
  }

  /// Every key's runs of moments, in the order in which they begin, those that begin together from the
  /// lowest key up.
  public var notes: [Note] {
    var notes: [Note] = []
    var begins: [Int: Int] = [:]
    for (moment, frame) in (frames + [KeySet()]).enumerated() {
      for (key, begin) in begins where !frame.contains(key) {
        notes.append(Note(key: key, moments: begin..<moment))
        begins[key] = nil
      }
      for key in frame.notes where begins[key] == nil { begins[key] = moment }
    }
    return notes.sorted {
      ($0.moments.lowerBound, $0.key) < ($1.moments.lowerBound, $1.key)
    }
  }

  /// The piece this many half-tones higher; nil where a key would leave the piano.
  public func transposed(by halfTones: Int) -> PianoRoll? {
    var moved: [KeySet] = []
    for frame in frames {
      guard let frame = frame.transposed(by: halfTones) else { return nil }
      moved.append(frame)
    }
    return PianoRoll(moved)
  }
}
