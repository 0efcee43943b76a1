/// Vectors of one panel of units over some rows, which lie at equal distances in memory.
///
/// These types are compiled once, for every set of kernels alike: what they do is inlined where it is used.
@frozen public struct UnitVectors {
  @usableFromInline let base: UnsafeMutablePointer<Float>
  @usableFromInline let stride: Int
  /// How many vectors there are.
  public let count: Int

  /// `count` vectors, the first at `base`, each `stride` values after the one before. The caller sees to it
  /// that they lie in memory of its own.
  @inlinable @inline(__always)
  public init(base: UnsafeMutablePointer<Float>, stride: Int, count: Int) {
    self.base = base
    self.stride = stride
    self.count = count
  }

  /// The first `length` values of a vector, to read.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func read(_ vector: Int, length: Int) -> Span<Float> {
    let span = Span(_unsafeStart: UnsafePointer(start(of: vector)), count: length)
    return _overrideLifetime(span, borrowing: self)
  }

  /// The first `length` values of a vector, to write.
  @_lifetime(borrow self)
  @inlinable @inline(__always)
  public func write(_ vector: Int, length: Int) -> MutableSpan<Float> {
    let span = MutableSpan(_unsafeStart: start(of: vector), count: length)
    return _overrideLifetime(span, borrowing: self)
  }

  @inlinable @inline(__always)
  func start(of vector: Int) -> UnsafeMutablePointer<Float> {
    precondition(vector >= 0 && vector < count, "a unit has no such vector")
    return base + vector &* stride
  }
}
