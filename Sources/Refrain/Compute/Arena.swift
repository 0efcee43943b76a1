import Foundation

/// Memory for panels, zero at first and freed together.
///
/// It is asked for in large pages, which matrices share one after the other: the processor then finds
/// every address in its table of pages, and matrices that are used together lie apart in the caches.
///
/// An arena may also only count: what is made in it then has its sizes but no memory, and must be neither read
/// nor written. So the code that takes memory also says how much it takes.
package final class Arena: @unchecked Sendable {
  private var slabs: [UnsafeMutableRawPointer] = []
  /// What is left of the slab that is being filled.
  private var free = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  /// Bytes of all matrices and rows so far: a floating-point number, which no size overflows, exact up to 2⁵³.
  package private(set) var byteCount = 0.0
  /// Whether memory is only counted.
  let counts: Bool

  package convenience init() { self.init(counts: false) }

  init(counts: Bool) { self.counts = counts }

  /// Bytes of what `make` makes in an arena that counts.
  static func byteCount(of make: (Arena) -> Void) -> Double {
    let arena = Arena(counts: true)
    make(arena)
    return arena.byteCount
  }

  deinit { for slab in slabs { Foundation.free(slab) } }

  /// A matrix of `rows` rows and `columns` columns, all zero.
  package func panels(rows: Int, columns: Int) -> Panels {
    panels(rows: rows, count: Panels.needed(for: columns))
  }

  /// A matrix of `count` panels, all zero. Where several panels have many rows, the panels are a
  /// cache line apart so that they do not compete for the same lines of a cache.
  package func panels(rows: Int, count: Int) -> Panels {
    let gap = count > 1 && rows >= 64 ? Panels.width : 0
    let values = (Double(rows) * Double(Panels.width) + Double(gap)) * Double(count)
    guard let start = allocate(values) else { return Panels(countedRows: rows, count: count) }
    return Panels(
      base: start.bindMemory(to: Float.self, capacity: Int(values)), rows: rows, count: count,
      stride: rows * Panels.width + gap)
  }

  /// `count` numbers, all zero.
  package func row<Element: BitwiseCopyable>(
    of element: Element.Type, count: Int
  ) -> SharedRow<Element> {
    let values = Double(count) * Double(MemoryLayout<Element>.stride) / Double(Self.valueSize)
    guard let start = allocate(values) else { return SharedRow(countedElements: count) }
    return SharedRow(base: start.bindMemory(to: element, capacity: count), count: count)
  }

  private static let valueSize = MemoryLayout<Float>.stride
  private static let cacheLine = 64
  private static let largePage = 1 << 21

  /// Whole cache lines for so many values, at least one; nil where they are only counted.
  private func allocate(_ values: Double) -> UnsafeMutableRawPointer? {
    let lines = max((values * Double(Self.valueSize) / Double(Self.cacheLine)).rounded(.up), 1)
    let bytes = lines * Double(Self.cacheLine)
    byteCount += bytes
    if counts { return nil }
    guard let size = Int(exactly: bytes) else { Self.refuse(bytes) }
    let piece = size <= free.count ? free : newSlab(atLeast: size)
    guard let start = piece.baseAddress else { preconditionFailure("A slab has an address.") }
    let rest = UnsafeMutableRawBufferPointer(rebasing: piece[size...])
    if size <= free.count || rest.count > free.count { free = rest }
    memset(start, 0, size)
    return start
  }

  /// Whole large pages.
  private func newSlab(atLeast size: Int) -> UnsafeMutableRawBufferPointer {
    let bytes = (size + Self.largePage - 1) / Self.largePage * Self.largePage
    var slab: UnsafeMutableRawPointer?
    guard posix_memalign(&slab, Self.largePage, bytes) == 0, let slab else {
      Self.refuse(bytes)
    }
    #if os(Linux)
      madvise(slab, bytes, 14)  // MADV_HUGEPAGE
    #endif
    slabs.append(slab)
    return UnsafeMutableRawBufferPointer(start: slab, count: bytes)
  }

  private static func refuse(_ bytes: some CustomStringConvertible) -> Never {
    fatalError(
      "There is not enough memory for \(bytes) more bytes; use a smaller model or batch.")
  }
}
