import Foundation

extension Double: CellScalar {
  /// 1 / (1 + e⁻ˣ).
  public static func sigmoid(_ x: Double) -> Double { 1 / (1 + Foundation.exp(-x)) }
  /// The hyperbolic tangent.
  public static func tanh(_ x: Double) -> Double { Foundation.tanh(x) }
  /// eˣ.
  public static func exp(_ x: Double) -> Double { Foundation.exp(x) }
}

// Branch-free, so that a plain loop becomes vector code where it is compiled, and the same to the
// last bit on every system. The kernels have the same function, but theirs must not be inlined here:
// it is compiled for another instruction set.
extension Float: CellScalar {
  /// 1 / (1 + e⁻ˣ), within 2 ulp.
  @inlinable @inline(__always)
  public static func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }

  /// The hyperbolic tangent, within 2.5e-7 absolutely.
  @inlinable @inline(__always)
  public static func tanh(_ x: Float) -> Float { 2 / (1 + exp(-2 * x)) - 1 }

  /// eˣ within 1.5 ulp for x in −87…88; beyond, the value at that end.
  @inlinable @inline(__always)
  public static func exp(_ x: Float) -> Float {
    let x = Swift.max(Swift.min(x, 88), -87)
    let shifted = x * 1.442_695_04 + 12_582_912
    let n = shifted - 12_582_912
    let r = (x - n * 0.693_359_375) + n * 2.121_944_4e-4
    var p: Float = 1.987_569_15e-4
    p = p * r + 1.398_199_95e-3
    p = p * r + 8.333_451_9e-3
    p = p * r + 4.166_579_59e-2
    p = p * r + 1.666_666_55e-1
    p = p * r + 5.000_000_12e-1
    p = p * (r * r) + (r + 1)
    return p * Float(bitPattern: (shifted.bitPattern &+ 127) &<< 23)
  }
}
