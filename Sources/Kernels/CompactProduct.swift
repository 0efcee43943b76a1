// Products with weights of two bytes or one, for generating: one row of values at a time has to read all
// weights, and fewer bytes arrive sooner.

extension Arithmetic {
  /// One panel of a product with half-precision weights, given by their bits:
  /// `C [rows, 16] = start + A [rows, 16·panels] · B [16·panels, 16]`.
  ///
  /// `A`, `start`, bias and `accumulate` are those of
  /// ``multiplyPanel(_:_:stride:panels:_:bias:accumulate:)``. Each row is summed alone, in the same order
  /// whatever the number of rows.
  public static func multiplyPanelOfHalves(
    _ c: inout MutableSpan<Float>, _ a: Span<Float>, stride: Int, panels: Int, _ b: Span<UInt16>,
    bias: Span<Float>, accumulate: Bool
  ) {
    let rows = checkedRows(
      c, a, stride: stride, panels: panels, weights: b.count, bias: bias)
    for row in 0..<rows {
      let at = row * panelWidth
      let sum = rowSum(Half.self, a.extracting(droppingFirst: at), stride, panels, b)
      c.store(start(c, at, bias, accumulate) + sum, at: at)
    }
  }

  /// As the product with half-precision weights, with weights of one byte: column `j` of `B` holds
  /// weights divided by `scales [16]`'s value `j`.
  public static func multiplyPanelOfBytes(
    _ c: inout MutableSpan<Float>, _ a: Span<Float>, stride: Int, panels: Int, _ b: Span<Int8>,
    scales: Span<Float>, bias: Span<Float>, accumulate: Bool
  ) {
    let rows = checkedRows(
      c, a, stride: stride, panels: panels, weights: b.count, bias: bias)
    precondition(scales.count == panelWidth, "one scale per column")
    let scale = scales.vector(at: 0)
    for row in 0..<rows {
      let at = row * panelWidth
      let sum = rowSum(Byte.self, a.extracting(droppingFirst: at), stride, panels, b)
      c.store(multiplyAdd(scale, sum, start(c, at, bias, accumulate)), at: at)
    }
  }

  private static func checkedRows(
    _ c: borrowing MutableSpan<Float>, _ a: Span<Float>, stride: Int, panels: Int, weights: Int,
    bias: Span<Float>
  ) -> Int {
    let rows = c.count / panelWidth
    precondition(panels > 0 && weights == panels * 256, "B must hold 16 rows per panel of A")
    precondition(
      a.count >= (panels - 1) * stride + rows * panelWidth, "A must hold every panel's rows")
    precondition(bias.count == 16 || bias.isEmpty, "a bias has one value per column")
    return rows
  }
}

/// What the sum of the row at `at` is added to.
@inline(always) private func start(
  _ c: borrowing MutableSpan<Float>, _ at: Int, _ bias: Span<Float>, _ accumulate: Bool
) -> Vector {
  if accumulate { return c.vector(at: at) }
  return bias.isEmpty ? .zero : bias.vector(at: 0)
}

/// A row of `A` times a panel of weights. Four sums side by side, of every fourth input, keep the
/// processor busy; a single one would wait for each product before it can add the next.
@inline(always) private func rowSum<Weight: CompactWeight>(
  _ weight: Weight.Type, _ a: Span<Float>, _ stride: Int, _ panels: Int, _ b: Span<Weight.Bits>
) -> Vector {
  var s0 = Vector.zero
  var s1 = Vector.zero
  var s2 = Vector.zero
  var s3 = Vector.zero
  for panel in 0..<panels {
    let values = a.extracting(panel &* stride..<panel &* stride &+ panelWidth)
    let weights = b.extracting(panel &* 256..<panel &* 256 &+ 256)
    for k in 0..<4 {
      s0 = multiplyAdd(broadcast(values[4 &* k]), Weight.row(weights, 4 &* k), s0)
      s1 = multiplyAdd(broadcast(values[4 &* k &+ 1]), Weight.row(weights, 4 &* k &+ 1), s1)
      s2 = multiplyAdd(broadcast(values[4 &* k &+ 2]), Weight.row(weights, 4 &* k &+ 2), s2)
      s3 = multiplyAdd(broadcast(values[4 &* k &+ 3]), Weight.row(weights, 4 &* k &+ 3), s3)
    }
  }
  return (s0 + s1) + (s2 + s3)
}

/// A weight of fewer than four bytes.
protocol CompactWeight {
  associatedtype Bits: BitwiseCopyable
  /// The sixteen values of one row.
  static func row(_ weights: Span<Bits>, _ row: Int) -> Vector
}

enum Half: CompactWeight {
  @inline(always) static func row(_ weights: Span<UInt16>, _ row: Int) -> Vector {
    #if (FMA && !os(macOS)) || arch(arm64)
      let halves = weights.bytes.unsafeLoadUnaligned(
        fromByteOffset: row &* 32, as: SIMD16<Float16>.self)
      // Lane by lane, which becomes one instruction; the standard library's conversion is a call.
      var values = Vector.zero
      for lane in 0..<16 { values[lane] = Float(halves[lane]) }
      return values
    #else
      return halvesByShifting(
        weights.bytes.unsafeLoadUnaligned(fromByteOffset: row &* 32, as: SIMD16<UInt16>.self))
    #endif
  }
}

private enum Byte: CompactWeight {
  @inline(always) static func row(_ weights: Span<Int8>, _ row: Int) -> Vector {
    let bytes = weights.bytes.unsafeLoadUnaligned(
      fromByteOffset: row &* 16, as: SIMD16<Int8>.self)
    var values = Vector.zero
    for lane in 0..<16 { values[lane] = Float(bytes[lane]) }
    return values
  }
}

/// Finite half-precision numbers where there is no instruction for them: exponent and fraction move to
/// their places, and 2¹¹² makes up for the difference between the two formats' exponents.
@inline(always) private func halvesByShifting(_ halves: SIMD16<UInt16>) -> Vector {
  let bits = SIMD16<UInt32>(truncatingIfNeeded: halves)
  let magnitude = unsafeBitCast(
    (bits & SIMD16(repeating: 0x7fff)) &<< SIMD16(repeating: 13), to: Vector.self)
  let scaled = unsafeBitCast(
    magnitude * broadcast(Float(bitPattern: 0x7780_0000)), to: SIMD16<UInt32>.self)
  let sign = (bits & SIMD16(repeating: 0x8000)) &<< SIMD16(repeating: 16)
  return unsafeBitCast(scaled | sign, to: Vector.self)
}
