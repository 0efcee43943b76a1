extension Arithmetic {
  /// `out [16·panels rows, 16] = the 16 × 16 blocks of one panel row, transposed`: block `p` of `out`
  /// is block `p · stride` of `x`, mirrored.
  public static func transposeBlocks(
    _ out: inout MutableSpan<Float>, _ x: Span<Float>, stride: Int
  ) {
    for block in 0..<out.count / 256 {
      let from = x.extracting(block * stride..<block * stride + 256)
      var to = out._mutatingExtracting(block * 256..<block * 256 + 256)
      for quarter in 0..<4 {
        transposeQuarter(&to, from, row: quarter &* 4 & 8, column: quarter &* 8 & 8)
      }
    }
  }
}

private typealias HalfRow = SIMD8<Float>

/// The 8 × 8 values from (`row`, `column`) on, mirrored to (`column`, `row`), by three perfect shuffles
/// (Stone 1971): each interleaves row i with row i + 4.
@inline(always) private func transposeQuarter(
  _ to: inout MutableSpan<Float>, _ from: Span<Float>, row: Int, column: Int
) {
  var rows = InlineArray<8, HalfRow>(repeating: .zero)
  for r in 0..<8 {
    rows[r] = from.bytes.unsafeLoadUnaligned(
      fromByteOffset: ((row &+ r) &* panelWidth &+ column) &* 4, as: HalfRow.self)
  }
  for _ in 0..<3 {
    var shuffled = InlineArray<8, HalfRow>(repeating: .zero)
    for r in 0..<4 {
      shuffled[2 &* r].evenHalf = rows[r].lowHalf
      shuffled[2 &* r].oddHalf = rows[r &+ 4].lowHalf
      shuffled[2 &* r &+ 1].evenHalf = rows[r].highHalf
      shuffled[2 &* r &+ 1].oddHalf = rows[r &+ 4].highHalf
    }
    rows = shuffled
  }
  var bytes = to.mutableBytes
  for r in 0..<8 {
    bytes.storeBytes(
      of: rows[r], toByteOffset: ((column &+ r) &* panelWidth &+ row) &* 4, as: HalfRow.self)
  }
}
