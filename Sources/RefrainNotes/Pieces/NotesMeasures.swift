/// What some pieces are like, in numbers that can be compared with those of others.
public struct NotesMeasures: Codable, Equatable, Sendable {
  /// Keys that are down at a time, on average over time steps that are not silent.
  public let keysAtATime: Double
  /// The lowest and the highest key, as MIDI numbers; nil where all is silent.
  public let lowest: Int?
  /// The highest key.
  public let highest: Int?
  /// The share of time steps that are exactly like the one before.
  public let repeated: Double
  /// The share of time steps in which no key is down.
  public let silent: Double
  /// The share of what sounds that lies in one scale of seven keys, the best one for each piece.
  public let inScale: Double
  /// How many time steps a key is held, on average.
  public let noteLength: Double

  /// Measures pieces.
  public init(_ pieces: [PianoRoll]) {
    let frames = pieces.flatMap(\.frames)
    let sounding = frames.filter { !$0.isEmpty }
    let keys = sounding.reduce(0) { $0 + $1.count }
    keysAtATime = Self.share(keys, of: sounding.count)
    lowest = sounding.compactMap(\.notes.first).min()
    highest = sounding.compactMap(\.notes.last).max()
    let pairs = pieces.flatMap { Array(zip($0.frames, $0.frames.dropFirst())) }
    repeated = Self.share(pairs.count { $0 == $1 }, of: pairs.count)
    silent = Self.share(frames.count - sounding.count, of: frames.count)
    inScale = Self.share(pieces.reduce(0) { $0 + Self.mostInOneScale($1) }, of: keys)
    noteLength = Self.share(keys, of: pieces.reduce(0) { $0 + $1.notes.count })
  }

  private static func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }

  /// Half-tones of a major scale above its first note; a minor scale has the same keys from its sixth.
  private static let scale = [0, 2, 4, 5, 7, 9, 11]

  private static func mostInOneScale(_ piece: PianoRoll) -> Int {
    var counts = [Int](repeating: 0, count: 12)
    for frame in piece.frames {
      for key in frame.notes { counts[key % 12] += 1 }
    }
    return (0..<12).map { first in scale.reduce(0) { $0 + counts[(first + $1) % 12] } }.max()!
  }

  /// Whether a file's numbers can be those of any pieces.
  var isPossible: Bool {
    let keys = [lowest, highest].compactMap { $0 }
    return keys.allSatisfy(KeySet.keys.contains)
      && [repeated, silent, inScale].allSatisfy { (0...1).contains($0) }
      && (0...Double(KeySet.keys.count)).contains(keysAtATime)
      && (0...1e6).contains(noteLength)
  }
}
