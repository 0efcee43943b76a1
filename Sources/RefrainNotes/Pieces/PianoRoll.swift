/// A piece of music as the keys that are down at time steps of equal length, like the paper of a player piano.
///
/// A key that is down in two time steps in a row is held: that it was struck twice cannot be told.
public struct PianoRoll: Hashable, Sendable {
  /// A key, held from one time step on.
  public struct Note: Hashable, Sendable {
    /// The key's MIDI number.
    public let key: Int
    /// The first time step, and how many follow one another.
    public let timeSteps: Range<Int>

    /// The key `key`, one of ``KeySet/keys``, held during `timeSteps`, at least one.
    public init(key: Int, timeSteps: Range<Int>) {
      precondition(KeySet.keys.contains(key) && !timeSteps.isEmpty, "a note is a key, held")
      self.key = key
      self.timeSteps = timeSteps
    }
  }

  /// The keys that are down, time step by time step.
  public var frames: [KeySet]

  /// A piece of these time steps.
  public init(_ frames: [KeySet]) {
    self.frames = frames
  }

  /// A piece of `count` time steps in which these notes are held; what lies outside is left out.
  public init(_ notes: some Sequence<Note>, count: Int) {
    frames = Array(repeating: KeySet(), count: count)
    // What several notes hold is written once: a short file can hold a key a thousand times.
    var ends: [Int: Int] = [:]
    for note in notes.sorted(by: { $0.timeSteps.lowerBound < $1.timeSteps.lowerBound }) {
      let begin = max(note.timeSteps.lowerBound, ends[note.key, default: 0])
      let end = min(note.timeSteps.upperBound, count)
      guard begin < end else { continue }
      for timeStep in begin..<end { frames[timeStep].insert(note.key) }
      ends[note.key] = end
    }
  }

  /// Every key's runs of time steps, in the order in which they begin, those that begin together from the
  /// lowest key up.
  public var notes: [Note] {
    var notes: [Note] = []
    var begins: [Int: Int] = [:]
    for (timeStep, frame) in (frames + [KeySet()]).enumerated() {
      for (key, begin) in begins where !frame.contains(key) {
        notes.append(Note(key: key, timeSteps: begin..<timeStep))
        begins[key] = nil
      }
      for key in frame.notes where begins[key] == nil { begins[key] = timeStep }
    }
    return notes.sorted {
      ($0.timeSteps.lowerBound, $0.key) < ($1.timeSteps.lowerBound, $1.key)
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
