/// The rows that are one thread's, in pieces that stay in the first cache and fill the product's tiles.
///
/// Where threads divide the sequences, these are the rows of its sequences; elsewhere a part of all rows.
struct RowPieces: Sequence, IteratorProtocol {
  /// Rows of a piece at most.
  static let most = 30

  private let steps: Int
  /// What is left of the thread's sequences.
  private var parts: SequenceParts
  /// A part whose steps do not lie next to each other, and its next step.
  private var current: (part: SequencePart, step: Int)?
  /// What is left of the rows that lie next to each other.
  private var rows: Range<Int>
  private var piece = 1

  init(_ pass: Pass, _ share: ThreadShare) {
    steps = pass.steps
    if pass.dividesSequences {
      parts = pass.groups.parts(of: share.part(of: pass.batch))
      rows = 0..<0
    } else {
      parts = pass.groups.parts(of: 0..<0)
      rows = share.part(of: pass.rows)
    }
    piece = Self.size(of: rows.count)
  }

  /// Pieces of nearly equal size.
  private static func size(of count: Int) -> Int {
    let pieces = Swift.max((count + most - 1) / most, 1)
    return Swift.max((count + pieces - 1) / pieces, 1)
  }

  mutating func next() -> Range<Int>? {
    if rows.isEmpty {
      guard let more = nextRows() else { return nil }
      rows = more
      piece = Self.size(of: rows.count)
    }
    let end = Swift.min(rows.lowerBound + piece, rows.upperBound)
    defer { rows = end..<rows.upperBound }
    return rows.isEmpty ? nil : rows.lowerBound..<end
  }

  /// The next rows that lie next to each other.
  private mutating func nextRows() -> Range<Int>? {
    if let (part, step) = current {
      current = step + 1 < steps ? (part, step + 1) : nil
      return part.step(step).rows
    }
    guard let part = parts.next() else { return nil }
    if part.isWholeGroup { return part.rows(0..<steps) }
    current = (part, 0)
    return nextRows()
  }
}
