// What a processor can do at most: kernels that do nothing useful, for `ProcessorLimits`.

extension Arithmetic {
  /// `x = x · factor + addend`, `repeats` times over, for as many of the first values as `chains`
  /// vectors hold: no memory is touched in between. Each vector is a chain of multiply-adds that wait
  /// for one another, so that only several keep the units busy, and only as many as fit into the
  /// registers: the caller tries 3, 6 and 8, for registers of a quarter, half or all of a vector.
  ///
  /// - Returns: the floating-point operations: two for each multiply-add.
  public static func repeatMultiplyAdd(
    _ x: inout MutableSpan<Float>, factor: Float, addend: Float, chains: Int, repeats: Int
  ) -> Int {
    precondition(chains == 3 || chains == 6 || chains == 8, "there are 3, 6 or 8 chains")
    precondition(x.count >= chains * Vector.scalarCount, "x must hold a vector per chain")
    switch chains {
    case 3: threeChains(&x, factor, addend, repeats)
    case 6: sixChains(&x, factor, addend, repeats)
    default: eightChains(&x, factor, addend, repeats)
    }
    return 2 * chains * Vector.scalarCount * repeats
  }

  /// The sum of all values, in an order that lets them be read as fast as they come.
  public static func sum(_ x: Span<Float>) -> Float {
    var sums = InlineArray<6, Vector>(repeating: .zero)
    let block = 6 * Vector.scalarCount
    var i = 0
    while i + block <= x.count {
      let part = x.extracting(i..<i + block)
      for r in 0..<6 { sums[r] += part.vector(at: r &* Vector.scalarCount) }
      i += block
    }
    var total: Float = 0
    for r in 0..<6 { total += sums[r].sum() }
    while i < x.count {
      total += x[i]
      i += 1
    }
    return total
  }
}

/// `Count` vectors that stay in registers over all repetitions.
enum MultiplyAddChains<let Count: Int> {
  @inline(always) static func run(
    _ x: inout MutableSpan<Float>, _ factor: Float, _ addend: Float, _ repeats: Int
  ) {
    let factor = broadcast(factor)
    let addend = broadcast(addend)
    var values = InlineArray<Count, Vector>(repeating: .zero)
    for r in 0..<Count { values[r] = x.vector(at: r * Vector.scalarCount) }
    for _ in 0..<repeats {
      for r in 0..<Count { values[r] = multiplyAdd(values[r], factor, addend) }
    }
    for r in 0..<Count { x.store(values[r], at: r * Vector.scalarCount) }
  }
}

@inline(never) func threeChains(
  _ x: inout MutableSpan<Float>, _ factor: Float, _ addend: Float, _ repeats: Int
) { MultiplyAddChains<3>.run(&x, factor, addend, repeats) }
@inline(never) func sixChains(
  _ x: inout MutableSpan<Float>, _ factor: Float, _ addend: Float, _ repeats: Int
) { MultiplyAddChains<6>.run(&x, factor, addend, repeats) }
@inline(never) func eightChains(
  _ x: inout MutableSpan<Float>, _ factor: Float, _ addend: Float, _ repeats: Int
) { MultiplyAddChains<8>.run(&x, factor, addend, repeats) }
