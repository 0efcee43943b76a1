/// Finds the index of a spelling by its UTF-8 bytes.
///
/// `String` as a key would be wrong here, and slow: Swift holds canonically equivalent strings to
/// be equal, while two spellings of one word must stay two tokens for text to come back unchanged.
struct SpellingTable: Sendable {
  private var letters: [UInt8] = []
  private var ends: [Int] = [0]
  private var hashes: [UInt64] = []
  private var slots = [Int32](repeating: -1, count: 64)

  /// The number of spellings.
  var count: Int { hashes.count }

  init() {}

  /// The index of `spelling`, or -1.
  func index(of spelling: [UInt8]) -> Int32 {
    let hash = Self.hash(spelling)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if hashes[index] == hash, holds(spelling, at: index) { return Int32(index) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return -1
  }

  /// The index of `spelling`, which is added if it is new.
  mutating func insert(_ spelling: [UInt8]) -> Int32 {
    let found = index(of: spelling)
    if found >= 0 { return found }
    precondition(count < Int(Int32.max), "a table holds fewer than two billion spellings")
    letters.append(contentsOf: spelling)
    ends.append(letters.count)
    hashes.append(Self.hash(spelling))
    if count * 2 > slots.count { grow() } else { place(count - 1) }
    return Int32(count - 1)
  }

  /// The bytes of spelling `index`.
  func spelling(_ index: Int) -> ArraySlice<UInt8> { letters[ends[index]..<ends[index + 1]] }

  private func holds(_ spelling: [UInt8], at index: Int) -> Bool {
    let start = ends[index]
    guard ends[index + 1] - start == spelling.count else { return false }
    return letters.withUnsafeBufferPointer { letters in
      spelling.withUnsafeBufferPointer { spelling in
        for i in 0..<spelling.count where letters[start + i] != spelling[i] { return false }
        return true
      }
    }
  }

  private mutating func place(_ index: Int) {
    var slot = Int(truncatingIfNeeded: hashes[index]) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(index)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for index in 0..<count { place(index) }
  }

  /// Eight bytes at a time; the length keeps apart what the padding would make equal.
  private static func hash(_ spelling: [UInt8]) -> UInt64 {
    spelling.withUnsafeBytes { bytes in
      var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
      var position = 0
      while position < bytes.count {
        var word: UInt64 = 0
        if position + 8 <= bytes.count {
          word = UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        } else {
          for i in position..<bytes.count { word = word << 8 | UInt64(bytes[i]) }
        }
        hash = (hash ^ word) &* 0xD6E8_FEB8_6659_FD93
        hash ^= hash >> 32
        position += 8
      }
      return hash
    }
  }
}
