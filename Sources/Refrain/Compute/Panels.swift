import UnitSteps

/// A matrix in panels of sixteen columns, all rows of a panel adjacent: `[panels][rows][16]`.
///
/// This is the one layout of activations, gradients and weights, and the place where matrices touch raw
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

  init(base: UnsafeMutablePointer<Float>, rows: Int, count: Int, stride: Int) {
    self.base = base
    self.rows = rows
    self.count = count
    self.stride = stride
  }

  /// A matrix without memory, of which only the sizes are asked.
  init(countedRows rows: Int, count: Int) {
    self.init(base: nowhere(), rows: rows, count: count, stride: 0)
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

  /// The vectors of one panel of units over some rows, in a matrix of `count` vectors of `units` panels each.
  @inline(__always)
  func vectors(_ count: Int, of unit: Int, in units: Int, _ rows: Range<Int>) -> UnitVectors {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= self.rows && unit >= 0 && unit < units
        && count &* units <= self.count,
      "rows and panels of units must lie inside the matrix")
    return UnitVectors(
      base: base + (unit &* stride &+ rows.lowerBound &* Panels.width), stride: units &* stride,
      count: count)
  }

  /// The only vector of a panel of units over some rows, in a matrix that has one.
  @inline(__always)
  func vector(of unit: Int, _ rows: Range<Int>) -> UnitVectors {
    check(rows, unit)
    return UnitVectors(
      base: base + (unit &* stride &+ rows.lowerBound &* Panels.width), stride: 0, count: 1)
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
    if stride == 0 { return Panels(countedRows: viewRows, count: viewCount) }
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

  init(base: UnsafeMutablePointer<Element>, count: Int) {
    self.base = base
    self.count = count
  }

  /// Numbers without memory, of which only the number is asked.
  init(countedElements count: Int) { self.init(base: nowhere(), count: count) }

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

/// An address at which no process has memory: whoever reads or writes there is ended.
private func nowhere<Element>() -> UnsafeMutablePointer<Element> {
  guard let address = UnsafeMutablePointer<Element>(bitPattern: 1 << 55) else {
    preconditionFailure("Only zero is no address.")
  }
  return address
}
