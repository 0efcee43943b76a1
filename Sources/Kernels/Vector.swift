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
