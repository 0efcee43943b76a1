extension Arithmetic {
  /// `x = 0`.
  public static func clear(_ x: inout MutableSpan<Float>) {
    for i in 0..<x.count { x[i] = 0 }
  }

  /// `out = x`.
  public static func copy(_ out: inout MutableSpan<Float>, _ x: Span<Float>) {
    precondition(out.count == x.count, "both must be equally long")
    for i in 0..<x.count { out[i] = x[i] }
  }

  /// `out = a · b`.
  public static func multiply(_ out: inout MutableSpan<Float>, _ a: Span<Float>, _ b: Span<Float>) {
    let count = out.count
    precondition(a.count == count && b.count == count, "all three must be equally long")
    for i in 0..<count { out[i] = a[i] * b[i] }
  }

  /// `x = tanh x`.
  public static func tanhForward(_ x: inout MutableSpan<Float>) { applyTanh(&x) }

  /// `dx = dy · (1 − y²)`, in the place of `dy`.
  public static func tanhBackward(_ dy: inout MutableSpan<Float>, output y: Span<Float>) {
    precondition(dy.count == y.count, "both must be equally long")
    for i in 0..<y.count { dy[i] = dy[i] * (1 - y[i] * y[i]) }
  }

  /// `x = max(x, 0)`; what is not a number stays.
  public static func reluForward(_ x: inout MutableSpan<Float>) {
    for i in 0..<x.count { x[i] = x[i] < 0 ? 0 : x[i] }
  }

  /// `dx = dy` where `y` is more than 0, elsewhere 0, in the place of `dy`.
  public static func reluBackward(_ dy: inout MutableSpan<Float>, output y: Span<Float>) {
    precondition(dy.count == y.count, "both must be equally long")
    for i in 0..<y.count { dy[i] = y[i] <= 0 ? 0 : dy[i] }
  }

  /// The sum of each of sixteen columns over the rows of `x [rows, 16]`: a bias's gradient.
  public static func columnSums(_ out: inout MutableSpan<Float>, _ x: Span<Float>) {
    precondition(out.count == panelWidth && x.count % panelWidth == 0, "x must hold whole rows")
    var sums = Vector.zero
    for row in 0..<x.count / panelWidth { sums += x.vector(at: row * panelWidth) }
    out.store(sums, at: 0)
  }

  /// The sum of squares of at most 4,096 values, over 32 lanes in a fixed order.
  public static func sumOfSquares(_ x: Span<Float>) -> Double {
    var s0 = Vector.zero
    var s1 = Vector.zero
    var i = 0
    while i &+ 32 <= x.count {
      let a = x.vector(at: i)
      let b = x.vector(at: i &+ 16)
      s0 = multiplyAdd(a, a, s0)
      s1 = multiplyAdd(b, b, s1)
      i &+= 32
    }
    var sum = 0.0
    for lane in 0..<16 { sum += Double(s0[lane]) + Double(s1[lane]) }
    while i < x.count {
      sum += Double(x[i]) * Double(x[i])
      i += 1
    }
    return sum
  }
}
