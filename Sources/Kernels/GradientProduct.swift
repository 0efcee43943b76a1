extension Arithmetic {
  /// One 16 × 16 block of a weight gradient: `C [16, 16] (+)= Aᵀ · B` over the rows of one panel of
  /// `A` and one of `B`, each `[rows, 16]`, rows upwards.
  public static func multiplyTransposed(
    _ c: inout MutableSpan<Float>, _ a: Span<Float>, _ b: Span<Float>, accumulate: Bool
  ) {
    precondition(c.count == 256, "a gradient block has 16 rows of 16")
    precondition(a.count == b.count && a.count % panelWidth == 0, "A and B must have equal rows")
    if !accumulate { fill(&c, Span()) }
    #if AVX512
      GradientTile<0, 8>.multiply(&c, a, b)
      GradientTile<8, 8>.multiply(&c, a, b)
    #elseif FMA || arch(arm64)
      GradientTile<0, 5>.multiply(&c, a, b)
      GradientTile<5, 5>.multiply(&c, a, b)
      GradientTile<10, 6>.multiply(&c, a, b)
    #else
      GradientTile<0, 2>.multiply(&c, a, b)
      GradientTile<2, 2>.multiply(&c, a, b)
      GradientTile<4, 2>.multiply(&c, a, b)
      GradientTile<6, 2>.multiply(&c, a, b)
      GradientTile<8, 2>.multiply(&c, a, b)
      GradientTile<10, 2>.multiply(&c, a, b)
      GradientTile<12, 2>.multiply(&c, a, b)
      GradientTile<14, 2>.multiply(&c, a, b)
    #endif
  }
}

/// `Height` rows of the block: the columns of A from `First` on against all sixteen of B.
enum GradientTile<let First: Int, let Height: Int> {
  typealias Accumulators = InlineArray<Height, Vector>

  /// Never inlined: the compiler makes one function per tile, whose machine code can be checked.
  @inline(never) static func multiply(
    _ c: inout MutableSpan<Float>, _ a: Span<Float>, _ b: Span<Float>
  ) {
    var sums = Accumulators(repeating: .zero)
    for r in 0..<Height { sums[r] = c.vector(at: (First + r) * panelWidth) }
    let rows = a.count / panelWidth
    var row = 0
    while row + 16 <= rows {
      accumulate(&sums, a, b, row, count: 16)
      row += 16
    }
    while row + 4 <= rows {
      accumulate(&sums, a, b, row, count: 4)
      row += 4
    }
    while row < rows {
      accumulate(&sums, a, b, row, count: 1)
      row += 1
    }
    for r in 0..<Height { c.store(sums[r], at: (First + r) * panelWidth) }
  }

  /// With a literal `count` every check stands in front of the loop.
  @inline(always) private static func accumulate(
    _ sums: inout Accumulators, _ a: Span<Float>, _ b: Span<Float>, _ row: Int, count: Int
  ) {
    let left = a.extracting(row * panelWidth..<(row + count) * panelWidth)
    let right = b.extracting(row * panelWidth..<(row + count) * panelWidth)
    for k in 0..<count {
      let column = right.vector(at: k &* 16)
      for r in 0..<Height {
        sums[r] = multiplyAdd(broadcast(left[k &* 16 &+ First &+ r]), column, sums[r])
      }
    }
  }
}
