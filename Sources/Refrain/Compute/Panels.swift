import Foundation

/// A matrix in panels of sixteen columns, all rows of a panel adjacent: `[panels][rows][16]`.
///
/// This is the one layout of activations, gradients and weights, and the one place that touches raw
/// memory: threads work on the same matrix at once, each on spans of the rows or panels that are its
/// own. A matrix of `n` columns has `n` rounded up to a multiple of 16; what is beyond stays zero.
package struct Panels: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Float>
  /// Rows of every panel.
  package let rows: Int
  /// Number of panels.
  package let count: Int
  /// Values from one panel's first row to the next panel's.
  package let stride: Int

  /// Columns of a panel.
  package static let width = 16

  /// How many panels hold `columns` columns.
  package static func needed(for columns: Int) -> Int { (columns + width - 1) / width }

  fileprivate init(base: UnsafeMutablePointer<Float>, rows: Int, count: Int, stride: Int) {
    self.base = base
    self.rows = rows
    self.count = count
    self.stride = stride
  }

  /// Rows `range` of panel `panel`, to read.
  @_lifetime(borrow self)
  @inline(__always)
  package func read(_ range: Range<Int>, panel: Int) -> Span<Float> {
    check(range, panel)
    let start = UnsafePointer(base + (panel * stride + range.lowerBound * Panels.width))
    let span = Span(_unsafeStart: start, count: range.count * Panels.width)
    return _overrideLifetime(span, borrowing: self)
  }

  /// Rows `range` of panel `panel`, to write. The caller sees to it that nobody else has them.
  @_lifetime(borrow self)
  @inline(__always)
  package func write(_ range: Range<Int>, panel: Int) -> MutableSpan<Float> {
    check(range, panel)
    let start = base + (panel * stride + range.lowerBound * Panels.width)
    let span = MutableSpan(_unsafeStart: start, count: range.count * Panels.width)
    return _overrideLifetime(span, borrowing: self)
  }

  /// Rows `range` of the panels `panels`, as the left operand of a product: from the first panel's
  /// first row to the last panel's last, `stride` from panel to panel.
  @_lifetime(borrow self)
  @inline(__always)
  package func operand(_ range: Range<Int>, panels: Range<Int>) -> Span<Float> {
    check(range, panels.lowerBound)
    check(range, panels.upperBound - 1)
    let start = UnsafePointer(
      base + (panels.lowerBound * stride + range.lowerBound * Panels.width))
    let span = Span(
      _unsafeStart: start, count: (panels.count - 1) * stride + range.count * Panels.width)
    return _overrideLifetime(span, borrowing: self)
  }

  /// The value in `column` of `row`.
  package subscript(row: Int, column: Int) -> Float {
    get {
      check(row..<row + 1, column / Panels.width)
      return base[column / Panels.width * stride + row * Panels.width + column % Panels.width]
    }
    nonmutating set {
      check(row..<row + 1, column / Panels.width)
      base[column / Panels.width * stride + row * Panels.width + column % Panels.width] = newValue
    }
  }

  /// Part of a single panel, read as a matrix of its own: `count` panels of `rows` rows from row
  /// `first` on, one after the other.
  package func view(from first: Int, rows viewRows: Int, count viewCount: Int) -> Panels {
    precondition(count == 1, "only a single panel can be read as another matrix")
    precondition(first >= 0 && first + viewRows * viewCount <= rows, "a view lies inside")
    return Panels(
      base: base + first * Panels.width, rows: viewRows, count: viewCount,
      stride: viewRows * Panels.width)
  }

  @inline(__always) private func check(_ range: Range<Int>, _ panel: Int) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rows && panel >= 0 && panel < count,
      "rows and panel must lie inside the matrix")
  }
}

/// Numbers that threads read and write side by side, as ``Panels`` are.
package struct SharedRow<Element: BitwiseCopyable>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Element>
  /// How many there are.
  package let count: Int

  fileprivate init(base: UnsafeMutablePointer<Element>, count: Int) {
    self.base = base
    self.count = count
  }

  /// The elements in `range`.
  @_lifetime(borrow self)
  package func read(_ range: Range<Int>) -> Span<Element> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "the range must lie inside")
    let span = Span(_unsafeStart: UnsafePointer(base + range.lowerBound), count: range.count)
    return _overrideLifetime(span, borrowing: self)
  }

  /// The element at `index`.
  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "the index must lie inside")
      return base[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count, "the index must lie inside")
      base[index] = newValue
    }
  }
}

/// Memory for panels, zero at first and freed together; large pieces ask for large pages.
package final class PanelMemory: @unchecked Sendable {
  private var pieces: [UnsafeMutableRawPointer] = []
  /// What has been allocated so far.
  package private(set) var byteCount = 0

  package init() {}

  deinit { for piece in pieces { free(piece) } }

  /// A matrix of `rows` rows and `columns` columns, all zero.
  package func panels(rows: Int, columns: Int) -> Panels {
    panels(rows: rows, count: Panels.needed(for: columns))
  }

  /// A matrix of `count` panels, all zero. Where several panels have many rows, the panels are a
  /// cache line apart so that they do not compete for the same lines of a cache.
  package func panels(rows: Int, count: Int) -> Panels {
    let gap = count > 1 && rows >= 64 ? Panels.width : 0
    let stride = rows * Panels.width + gap
    return Panels(base: allocate(stride * count), rows: rows, count: count, stride: stride)
  }

  /// `count` numbers, all zero.
  package func row<Element: BitwiseCopyable>(
    of element: Element.Type, count: Int
  ) -> SharedRow<Element> {
    let bytes = count * MemoryLayout<Element>.stride
    let base = UnsafeMutableRawPointer(allocate((bytes + 3) / 4))
    return SharedRow(base: base.bindMemory(to: element, capacity: count), count: count)
  }

  private static let largePage = 1 << 21

  /// What so many values are aligned to, and rounded up to a multiple of.
  private static func alignment(values: Double) -> Int {
    values * 4 >= Double(largePage) ? largePage : 64
  }

  /// Bytes that so many values take: whole large pages where they fill one, else whole cache lines,
  /// at least one.
  static func byteCount(values: Double) -> Double {
    let alignment = Double(alignment(values: values))
    return max((values * 4 / alignment).rounded(.up), 1) * alignment
  }

  /// Bytes that a matrix of panels takes.
  static func byteCount(rows: Double, panels: Double) -> Double {
    let width = Double(Panels.width)
    let gap = panels > 1 && rows >= 64 ? width : 0
    return byteCount(values: (rows * width + gap) * panels)
  }

  private func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let alignment = Self.alignment(values: Double(count))
    let size = Int(Self.byteCount(values: Double(count)))
    var piece: UnsafeMutableRawPointer?
    guard posix_memalign(&piece, alignment, size) == 0, let piece else {
      fatalError("There is not enough memory for \(size) more bytes; use a smaller model or batch.")
    }
    #if os(Linux)
      if alignment == Self.largePage { madvise(piece, size, 14) }  // MADV_HUGEPAGE
    #endif
    memset(piece, 0, size)
    pieces.append(piece)
    byteCount += size
    return piece.bindMemory(to: Float.self, capacity: count)
  }
}
