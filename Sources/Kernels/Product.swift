extension Arithmetic {
  /// One panel of a matrix product: `C [rows, 16] = start + A [rows, 16·panels] · B [16·panels, 16]`.
  ///
  /// `A` is read as the panels of one row range: panel `k` begins at `k · stride` and holds `rows`
  /// adjacent rows of 16. `start` is zero, a bias of 16 values for every row, or what `C` holds.
  /// The sum runs over `k` upwards, one accumulator per element, so that no choice of rows changes
  /// a bit of the result.
  public static func multiplyPanel(
    _ c: inout MutableSpan<Float>, _ a: Span<Float>, stride: Int, panels: Int, _ b: Span<Float>,
    bias: Span<Float>, accumulate: Bool
  ) {
    let rows = c.count / panelWidth
    precondition(panels > 0 && b.count == panels * 256, "B must hold 16 rows per panel of A")
    precondition(
      a.count >= (panels - 1) * stride + rows * panelWidth, "A must hold every panel's rows")
    precondition(bias.count == 16 || bias.isEmpty, "a bias has one value per column")
    if rows == 0 { return }
    if !accumulate { fill(&c, bias) }
    // B's rows of one block stay in the first cache while all row tiles use them.
    let block = 16
    var first = 0
    while first < panels {
      let count = min(block, panels - first)
      multiplyBlock(
        &c, a.extracting(droppingFirst: first * stride), stride, count,
        b.extracting(first * 256..<(first + count) * 256), rows)
      first += count
    }
  }

  /// Every row of `C [rows, 16]` becomes the bias, or zero where there is none.
  public static func fill(_ c: inout MutableSpan<Float>, _ bias: Span<Float>) {
    let start = bias.isEmpty ? Vector.zero : bias.vector(at: 0)
    var i = 0
    while i < c.count {
      c.store(start, at: i)
      i += panelWidth
    }
  }

  /// All row tiles of one block: nearly equal heights, so that none is too low to keep busy.
  @inline(always) static func multiplyBlock(
    _ c: inout MutableSpan<Float>, _ a: Span<Float>, _ stride: Int, _ panels: Int,
    _ b: Span<Float>, _ rows: Int
  ) {
    let tiles = (rows + tileRows - 1) / tileRows
    let height = rows / tiles
    let taller = rows - height * tiles
    var row = 0
    for tile in 0..<tiles {
      let rows = height + (tile < taller ? 1 : 0)
      let tileA = a.extracting(droppingFirst: row * panelWidth)
      switch rows {
      #if AVX512
        case 10: ProductTile<10>.multiply(&c, row, tileA, stride, panels, b)
        case 9: ProductTile<9>.multiply(&c, row, tileA, stride, panels, b)
        case 8: ProductTile<8>.multiply(&c, row, tileA, stride, panels, b)
        case 7: ProductTile<7>.multiply(&c, row, tileA, stride, panels, b)
      #endif
      #if FMA || arch(arm64)
        case 6: ProductTile<6>.multiply(&c, row, tileA, stride, panels, b)
        case 5: ProductTile<5>.multiply(&c, row, tileA, stride, panels, b)
        case 4: ProductTile<4>.multiply(&c, row, tileA, stride, panels, b)
        case 3: ProductTile<3>.multiply(&c, row, tileA, stride, panels, b)
      #endif
      case 2: ProductTile<2>.multiply(&c, row, tileA, stride, panels, b)
      default: ProductTile<1>.multiply(&c, row, tileA, stride, panels, b)
      }
      row += rows
    }
  }
}

/// A tile of `Rows` rows and one panel: its accumulators live in registers over all of `k`.
enum ProductTile<let Rows: Int> {
  /// Never inlined: the compiler makes one function per height, whose machine code can be checked.
  @inline(never) static func multiply(
    _ c: inout MutableSpan<Float>, _ row: Int, _ a: Span<Float>, _ stride: Int, _ panels: Int,
    _ b: Span<Float>
  ) {
    precondition(b.count == panels &* 256, "B must hold 16 rows per panel of A")
    precondition(
      a.count >= (panels &- 1) &* stride &+ Rows &* panelWidth, "A must hold every panel's rows")
    var sums = InlineArray<Rows, Vector>(repeating: .zero)
    for r in 0..<Rows { sums[r] = c.vector(at: (row + r) * panelWidth) }
    for panel in 0..<panels {
      // Inside A and B, as was checked above; checking again for every panel costs 5 % of a step.
      let rows = a.extracting(unchecked: panel &* stride..<panel &* stride &+ Rows &* panelWidth)
      let columns = b.extracting(unchecked: panel &* 256..<panel &* 256 &+ 256)
      for k in 0..<16 {
        let column = columns.vector(at: k &* 16)
        for r in 0..<Rows {
          sums[r] = multiplyAdd(broadcast(rows[r &* 16 &+ k]), column, sums[r])
        }
      }
    }
    for r in 0..<Rows { c.store(sums[r], at: (row + r) * panelWidth) }
  }
}
