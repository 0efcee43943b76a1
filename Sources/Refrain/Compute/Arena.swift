import Foundation

/// Memory for panels, zero at first and freed together.
///
/// It is asked for in large pages, which matrices share one after the other: the processor then finds
/// every address in its table of pages, and matrices that are used together lie apart in the caches.
package final class Arena: @unchecked Sendable {
  private var slabs: [UnsafeMutableRawPointer] = []
  /// What is left of the slab that is being filled.
  private var free = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  /// Bytes of all matrices and rows so far.
  package private(set) var byteCount = 0

  package init() {}

  deinit { for slab in slabs { Foundation.free(slab) } }

  /// A matrix of `rows` rows and `columns` columns, all zero.
  package func panels(rows: Int, columns: Int) -> Panels {
    panels(rows: rows, count: Panels.needed(for: columns))
  }

  /// A matrix of `count` panels, all zero. Where several panels have many rows, the panels are a
  /// cache line apart so that they do not compete for the same lines of a cache.
  package func panels(rows: Int, count: Int) -> Panels {
    let gap = count > 1 && rows >= 64 ? Panels.width : 0
    let stride = rows * Panels.width + gap
    let base = allocate(stride * count)
    return Panels(base: base, rows: rows, count: count, stride: stride)
  }

  /// `count` numbers, all zero.
  package func row<Element: BitwiseCopyable>(
    of element: Element.Type, count: Int
  ) -> SharedRow<Element> {
    let bytes = count * MemoryLayout<Element>.stride
    let base = UnsafeMutableRawPointer(allocate((bytes + 3) / 4))
    return SharedRow(base: base.bindMemory(to: element, capacity: count), count: count)
  }

  private static let cacheLine = 64
  private static let largePage = 1 << 21

  /// Bytes that so many values take: whole cache lines, at least one.
  static func byteCount(values: Double) -> Double {
    max((values * 4 / Double(cacheLine)).rounded(.up), 1) * Double(cacheLine)
  }

  /// Bytes that a matrix of panels takes.
  static func byteCount(rows: Double, panels: Double) -> Double {
    let width = Double(Panels.width)
    let gap = panels > 1 && rows >= 64 ? width : 0
    return byteCount(values: (rows * width + gap) * panels)
  }

  private func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let size = Int(Self.byteCount(values: Double(count)))
    byteCount += size
    let piece = size <= free.count ? free : newSlab(atLeast: size)
    guard let start = piece.baseAddress else { preconditionFailure("A slab has an address.") }
    let rest = UnsafeMutableRawBufferPointer(rebasing: piece[size...])
    if size <= free.count || rest.count > free.count { free = rest }
    memset(start, 0, size)
    return start.bindMemory(to: Float.self, capacity: count)
  }

  /// Whole large pages.
  private func newSlab(atLeast size: Int) -> UnsafeMutableRawBufferPointer {
    let bytes = (size + Self.largePage - 1) / Self.largePage * Self.largePage
    var slab: UnsafeMutableRawPointer?
    guard posix_memalign(&slab, Self.largePage, bytes) == 0, let slab else {
      fatalError(
        "There is not enough memory for \(bytes) more bytes; use a smaller model or batch.")
    }
    #if os(Linux)
      madvise(slab, bytes, 14)  // MADV_HUGEPAGE
    #endif
    slabs.append(slab)
    return UnsafeMutableRawBufferPointer(start: slab, count: bytes)
  }
}
