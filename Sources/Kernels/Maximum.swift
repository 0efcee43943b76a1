extension Arithmetic {
  /// `x = max(x, y)`, value by value.
  public static func maximum(_ x: inout MutableSpan<Float>, _ y: Span<Float>) {
    precondition(x.count == y.count, "both must be equally long")
    for i in 0..<x.count { x[i] = y[i] > x[i] ? y[i] : x[i] }
  }

  /// Where `x` is the greatest of several values, `dx` becomes all that is left of its gradient, elsewhere 0.
  public static func giveToMaximum(
    _ dx: inout MutableSpan<Float>, left: inout MutableSpan<Float>, _ x: Span<Float>,
    maximum: Span<Float>
  ) {
    let count = dx.count
    precondition(left.count == count && x.count == count, "all must be equally long")
    precondition(maximum.count == count, "all must be equally long")
    for i in 0..<count {
      let isGreatest = x[i] == maximum[i]
      dx[i] = isGreatest ? left[i] : 0
      left[i] = isGreatest ? 0 : left[i]
    }
  }
}
