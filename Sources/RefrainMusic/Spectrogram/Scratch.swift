/// Memory that a frame's values are computed in, of a fixed size; its owner frees it.
///
/// A plain array in a class cannot be handed out as a span that lives as long as the class.
struct Scratch<Element: BitwiseCopyable> {
  private let base: UnsafeMutablePointer<Element>
  /// How many elements it holds.
  let count: Int

  /// Memory for `count` elements, each `value` at first.
  init(repeating value: Element, count: Int) {
    base = .allocate(capacity: count)
    base.initialize(repeating: value, count: count)
    self.count = count
  }

  /// Gives the memory back; neither this value nor a copy of it may be used any more.
  func free() { base.deallocate() }

  /// The elements, to read.
  var read: Span<Element> {
    @_lifetime(borrow self)
    get {
      let span = Span(_unsafeStart: UnsafePointer(base), count: count)
      return _overrideLifetime(span, borrowing: self)
    }
  }

  /// The elements, to write.
  @_lifetime(borrow self)
  func write() -> MutableSpan<Element> {
    let span = MutableSpan(_unsafeStart: base, count: count)
    return _overrideLifetime(span, borrowing: self)
  }
}
