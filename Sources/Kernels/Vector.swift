/// What a kernel computes on at once: a panel row, which is one cache line, and one register of AVX-512,
/// two of AVX2, four of SSE and NEON.
typealias Vector = SIMD16<Float>

/// Columns of a panel.
let panelWidth = 16

/// Rows of the largest product tile: as many as keep every accumulator in a register. (With AVX-512 more
/// would fit, but the compiler keeps an `InlineArray` of more than ten in memory.)
#if AVX512
  let tileRows = 10
#elseif FMA || arch(arm64)
  let tileRows = 6
#else
  let tileRows = 2
#endif

/// `a * b + c` for products: one fused instruction where the target has it, never a library call.
/// (Where the target lacks it, `addingProduct` would call `fmaf` once per lane.)
@inline(always) func multiplyAdd(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
  #if FMA || arch(arm64)
    c.addingProduct(a, b)
  #else
    a * b + c
  #endif
}

@inline(always) func broadcast(_ value: Float) -> Vector { Vector(repeating: value) }

@inline(always) func maximum(_ a: Vector, _ b: Vector) -> Vector {
  a.replacing(with: b, where: b .> a)
}

@inline(always) func minimum(_ a: Vector, _ b: Vector) -> Vector {
  a.replacing(with: b, where: b .< a)
}

/// Which lanes of a vector count: all bits of a lane are set, or none.
struct LaneMask {
  private let bits: SIMD16<Int32>

  /// The first `count` lanes, at least 0.
  @inline(always) init(first count: Int) {
    // A number below zero becomes all ones. Comparisons lane by lane would not stay one instruction.
    let lane = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    let count = SIMD16(repeating: Int32(truncatingIfNeeded: min(count, panelWidth)))
    bits = (lane &- count) &>> SIMD16(repeating: 31)
  }

  /// `x` with zeros in the lanes that do not count, whatever stands there.
  @inline(always) func keep(_ x: Vector) -> Vector {
    unsafeBitCast(unsafeBitCast(x, to: SIMD16<Int32>.self) & bits, to: Vector.self)
  }
}

extension Span where Element == Float {
  /// The sixteen values from `index` on.
  @inline(always) func vector(at index: Int) -> Vector {
    bytes.unsafeLoadUnaligned(fromByteOffset: index &* 4, as: Vector.self)
  }
}

extension MutableSpan where Element == Float {
  /// The sixteen values from `index` on.
  @inline(always) func vector(at index: Int) -> Vector {
    bytes.unsafeLoadUnaligned(fromByteOffset: index &* 4, as: Vector.self)
  }

  /// Sets the sixteen values from `index` on.
  @inline(always) mutating func store(_ vector: Vector, at index: Int) {
    var bytes = mutableBytes
    bytes.storeBytes(of: vector, toByteOffset: index &* 4, as: Vector.self)
  }
}

/// As the scalar `exponential`, sixteen at a time.
@inline(always) func exponential(_ x: Vector) -> Vector {
  let shift = broadcast(12_582_912)
  let x = maximum(minimum(x, broadcast(88)), broadcast(-87))
  let shifted = multiplyAdd(x, broadcast(1.442_695_04), shift)
  let n = shifted - shift
  var r = multiplyAdd(n, broadcast(-0.693_359_375), x)
  r = multiplyAdd(n, broadcast(2.121_944_4e-4), r)
  var p = broadcast(1.987_569_15e-4)
  p = multiplyAdd(p, r, broadcast(1.398_199_95e-3))
  p = multiplyAdd(p, r, broadcast(8.333_451_9e-3))
  p = multiplyAdd(p, r, broadcast(4.166_579_59e-2))
  p = multiplyAdd(p, r, broadcast(1.666_666_55e-1))
  p = multiplyAdd(p, r, broadcast(5.000_000_12e-1))
  p = multiplyAdd(p, r * r, r + broadcast(1))
  let bits = unsafeBitCast(shifted, to: SIMD16<UInt32>.self) &+ SIMD16(repeating: 127)
  return p * unsafeBitCast(bits &<< SIMD16(repeating: 23), to: Vector.self)
}

/// As the scalar `naturalLogarithm`, sixteen at a time.
@inline(always) func naturalLogarithm(_ x: Vector) -> Vector {
  let offset = SIMD16<UInt32>(repeating: 0x3f35_04f3)
  let shifted = unsafeBitCast(x, to: SIMD16<UInt32>.self) &- offset
  let exponents = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &>> SIMD16(repeating: 23)
  let n = vector(exponents)
  let fraction = (shifted & SIMD16(repeating: 0x007f_ffff)) &+ offset
  let m = unsafeBitCast(fraction, to: Vector.self) - broadcast(1)
  var p = broadcast(7.037_683_63e-2)
  p = multiplyAdd(p, m, broadcast(-1.151_461_03e-1))
  p = multiplyAdd(p, m, broadcast(1.167_699_87e-1))
  p = multiplyAdd(p, m, broadcast(-1.242_014_08e-1))
  p = multiplyAdd(p, m, broadcast(1.424_932_28e-1))
  p = multiplyAdd(p, m, broadcast(-1.666_805_77e-1))
  p = multiplyAdd(p, m, broadcast(2.000_071_48e-1))
  p = multiplyAdd(p, m, broadcast(-2.499_999_40e-1))
  p = multiplyAdd(p, m, broadcast(3.333_333_12e-1))
  let square = m * m
  var y = p * m * square
  y = multiplyAdd(n, broadcast(-2.121_944_4e-4), y)
  y = multiplyAdd(square, broadcast(-0.5), y)
  return multiplyAdd(n, broadcast(0.693_359_375), m + y)
}

/// The same numbers as floating-point numbers. Lane by lane, which becomes one instruction; the standard
/// library's conversion is a call.
@inline(always) private func vector(_ x: SIMD16<Int32>) -> Vector {
  var values = Vector.zero
  for lane in 0..<panelWidth { values[lane] = Float(x[lane]) }
  return values
}
