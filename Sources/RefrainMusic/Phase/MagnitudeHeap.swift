/// Which of the places whose phase is known is the loudest: a binary heap.
///
/// A place is a number, a magnitude is not negative. Equal magnitudes come out in the order of
/// descending places, so the order depends on nothing else.
struct MagnitudeHeap {
  /// The bits of the magnitude above those of the place: for floats that are not negative, the order of
  /// the bits is the order of the values.
  private var entries: [UInt64] = []

  /// An empty heap that holds `capacity` places without allocating.
  init(capacity: Int) { entries.reserveCapacity(capacity) }

  var isEmpty: Bool { entries.isEmpty }

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

  /// Adds a place.
  mutating func insert(_ place: Int, magnitude: Float) {
    let entry = UInt64(magnitude.bitPattern) << 32 | UInt64(UInt32(truncatingIfNeeded: place))
    entries.append(entry)
    var entries = entries.mutableSpan
    var hole = entries.count - 1
    while hole > 0 {
      let parent = (hole - 1) / 2
      if entries[parent] >= entry { break }
      entries[hole] = entries[parent]
      hole = parent
    }
    entries[hole] = entry
  }

  /// Takes out the place with the largest magnitude; nil if there is none.
  mutating func removeLoudest() -> Int? {
    guard let last = entries.popLast() else { return nil }
    guard let loudest = entries.first else { return Int(last & 0xffff_ffff) }
    var entries = entries.mutableSpan
    let count = entries.count
    var hole = 0
    while true {
      var child = 2 * hole + 1
      if child >= count { break }
      if child + 1 < count, entries[child + 1] > entries[child] { child += 1 }
      if entries[child] <= last { break }
      entries[hole] = entries[child]
      hole = child
    }
    entries[hole] = last
    return Int(loudest & 0xffff_ffff)
  }
}

extension MagnitudeHeap {
  /// The open places, loudest first to within half a percent: counted by the upper bits of their
  /// magnitudes, which takes one pass where sorting takes many.
  static func loudestFirst(_ magnitudes: [Float], where isOpen: [Bool]) -> [Int] {
    var starts = [Int](repeating: 0, count: 1 << 16 + 1)
    for place in magnitudes.indices where isOpen[place] { starts[rank(magnitudes[place]) + 1] += 1 }
    for rank in 1..<starts.count { starts[rank] += starts[rank - 1] }
    var places = [Int](repeating: 0, count: starts[starts.count - 1])
    for place in magnitudes.indices where isOpen[place] {
      let rank = rank(magnitudes[place])
      places[starts[rank]] = place
      starts[rank] += 1
    }
    return places
  }

  private static func rank(_ magnitude: Float) -> Int {
    0xffff - Int(magnitude.bitPattern >> 16)
  }
}
