/// Finds the index of a Unicode scalar: pages of 256 scalars, only those that are used.
struct ScalarTable: Sendable {
  private var pages = [Int32](repeating: -1, count: 0x1100)
  private var entries: [Int32] = []

  init(_ scalars: some Sequence<Unicode.Scalar>) {
    for (index, scalar) in scalars.enumerated() {
      let page = Int(scalar.value >> 8)
      if pages[page] < 0 {
        pages[page] = Int32(entries.count)
        entries.append(contentsOf: repeatElement(-1, count: 256))
      }
      entries[Int(pages[page]) + Int(scalar.value & 0xFF)] = Int32(index)
    }
  }

  /// The index of `scalar`, or -1.
  @inline(__always)
  func index(of scalar: UInt32) -> Int32 {
    let page = pages[Int(scalar >> 8)]
    return page < 0 ? -1 : entries[Int(page) + Int(scalar & 0xFF)]
  }
}
