/// The keys of a piano that are down at one time step: a set of 88 bits.
public struct KeySet: Hashable, Sendable {
  /// The MIDI numbers of a piano's keys, A0 to C8.
  public static let keys = 21...108

  /// Bit k is key 21 + k.
  private var bits: UInt128 = 0

  /// No key: a rest.
  public init() {}

  /// These keys, by their MIDI numbers.
  ///
  /// - Throws: ``NotesError/noKey(_:)`` for a number that no key of a piano has.
  public init(_ notes: some Sequence<Int>) throws(NotesError) {
    for note in notes {
      guard Self.keys.contains(note) else { throw .noKey(note) }
      insert(note)
    }
  }

  /// The keys whose `values`, 88 of them from the lowest key up, are at least `threshold`.
  public init(_ values: some Collection<Float>, threshold: Float = 0.5) {
    precondition(values.count == Self.keys.count, "a piano has \(Self.keys.count) keys")
    for (note, value) in zip(Self.keys, values) where value >= threshold { insert(note) }
  }

  /// Whether no key is down.
  public var isEmpty: Bool { bits == 0 }

  /// How many keys are down.
  public var count: Int { bits.nonzeroBitCount }

  /// The MIDI numbers of the keys that are down, ascending.
  public var notes: [Int] { Self.keys.filter(contains) }

  /// 1 for every key that is down and 0 for every other: 88 numbers from the lowest key up.
  public var values: [Float] { Self.keys.map { contains($0) ? 1 : 0 } }

  /// Whether the key `note` is down; false for a number that no key has.
  public func contains(_ note: Int) -> Bool {
    Self.keys.contains(note) && bits & Self.bit(note) != 0
  }

  /// Presses the key `note`, one of ``keys``.
  public mutating func insert(_ note: Int) {
    precondition(Self.keys.contains(note), "a piano's keys are \(Self.keys)")
    bits |= Self.bit(note)
  }

  /// The keys that are down in both.
  public func intersection(_ other: KeySet) -> KeySet {
    var both = KeySet()
    both.bits = bits & other.bits
    return both
  }

  /// The keys this many half-tones higher; nil where one of them would leave the piano.
  public func transposed(by halfTones: Int) -> KeySet? {
    var moved = KeySet()
    for note in notes {
      guard Self.keys.contains(note + halfTones) else { return nil }
      moved.insert(note + halfTones)
    }
    return moved
  }

  private static func bit(_ note: Int) -> UInt128 { 1 << UInt128(note - keys.lowerBound) }
}
