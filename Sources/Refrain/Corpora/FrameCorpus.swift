/// A corpus of frames: its tokens are the numbers of frames in a table, one document after the other.
public struct FrameCorpus: TokenCorpus {
  /// The frames.
  public let table: FrameTable
  private let documentStarts: [Int]

  /// All frames of a table, each recording a document.
  public init(_ table: FrameTable) {
    self.table = table
    documentStarts = table.starts
  }

  /// The number of frames.
  public var count: Int { table.count }

  /// The frames.
  public var frames: FrameTable? { table }

  /// A reader that starts at frame `position`, in `0...count`.
  public func cursor(at position: Int) -> any TokenCursor {
    precondition((0...count).contains(position), "a cursor starts inside its corpus")
    // The first start at or after the position.
    var (low, high) = (0, documentStarts.count)
    while low < high {
      let middle = (low + high) / 2
      if documentStarts[middle] < position { low = middle + 1 } else { high = middle }
    }
    return Cursor(corpus: self, position: position, nextStart: low)
  }

  private struct Cursor: TokenCursor {
    let corpus: FrameCorpus
    var position: Int
    var nextStart: Int

    mutating func read(
      into tokens: inout MutableSpan<Int32>, starts: inout MutableSpan<Bool>
    ) -> Int {
      let length = min(tokens.count, corpus.count - position)
      for i in 0..<length {
        tokens[i] = Int32(position)
        let isStart =
          nextStart < corpus.documentStarts.count && corpus.documentStarts[nextStart] == position
        starts[i] = isStart
        if isStart { nextStart += 1 }
        position += 1
      }
      return length
    }
  }
}
