/// All n-grams of one length, each an index into flat arrays: a hash table with open addressing.
///
/// An n-gram is known by a 64-bit hash alone. Two of `m` n-grams share one with probability
/// m² / 2^65, which for 4 million is below one in a million; they would then share a count.
struct NgramTable {
  /// How often an n-gram counts; for the shorter ones how many different tokens precede it.
  private(set) var counts: [UInt32] = []
  /// For each n-gram, the index of its first n - 1 tokens in the table of that length.
  private(set) var contexts: [UInt32] = []

  private var keys: [UInt64] = []
  /// Index plus 1 of the n-gram in each slot, 0 for an empty one; the length is a power of two.
  private var slots = [UInt32](repeating: 0, count: 1 << 10)

  /// The number of different n-grams.
  var count: Int { keys.count }

  /// The index of the n-gram with the hash `key`, if it is in the table.
  func index(of key: UInt64) -> UInt32? {
    let entry = slots[slot(of: key)]
    return entry == 0 ? nil : entry - 1
  }

  /// The index of the n-gram with the hash `key`, and whether it had to be added, with count 0.
  mutating func insert(_ key: UInt64, context: UInt32) -> (index: UInt32, isNew: Bool) {
    let place = slot(of: key)
    if slots[place] != 0 { return (slots[place] - 1, false) }
    precondition(keys.count < UInt32.max - 1, "an n-gram table holds less than 2^32 n-grams")
    keys.append(key)
    counts.append(0)
    contexts.append(context)
    slots[place] = UInt32(keys.count)
    if keys.count * 3 > slots.count * 2 { grow() }
    return (UInt32(keys.count - 1), true)
  }

  /// Counts the n-gram once more; a count stays at its greatest value.
  mutating func increment(_ index: UInt32) {
    if counts[Int(index)] < .max { counts[Int(index)] += 1 }
  }

  /// The slot that holds the n-gram, or the empty one where it belongs.
  private func slot(of key: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while slots[slot] != 0 && keys[Int(slots[slot]) - 1] != key {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: 2 * slots.count)
    for (index, key) in keys.enumerated() {
      slots[slot(of: key)] = UInt32(index + 1)
    }
  }
}
