/// The rows that are one thread's, in pieces that stay in the first cache and fill the product's tiles.
///
/// Where threads divide the sequences, these are the rows of its sequences at each step; elsewhere a
/// part of all rows.
struct RowPieces: Sequence, IteratorProtocol {
  /// Rows of a piece at most.
  static let most = 30

  private let pass: Pass
  private let sequences: Range<Int>
  /// What is left of the current step, or of the part.
  private var rows: Range<Int>
  private var step = 0
  private var piece: Int

  init(_ pass: Pass, _ share: ThreadShare) {
    self.pass = pass
    if pass.dividesSequences {
      sequences = share.part(of: pass.batch)
      rows = pass.rows(0, sequences)
    } else {
      sequences = 0..<0
      rows = share.part(of: pass.rows)
    }
    piece = Self.size(of: rows.count)
  }

  /// Pieces of nearly equal size.
  private static func size(of count: Int) -> Int {
    let pieces = Swift.max((count + most - 1) / most, 1)
    return (count + pieces - 1) / pieces
  }

  mutating func next() -> Range<Int>? {
    if rows.isEmpty {
      step += 1
      if !pass.dividesSequences || step >= pass.steps || sequences.isEmpty { return nil }
      rows = pass.rows(step, sequences)
    }
    let end = Swift.min(rows.lowerBound + piece, rows.upperBound)
    defer { rows = end..<rows.upperBound }
    return rows.lowerBound..<end
  }
}
