import Refrain

extension TokenCorpus {
  /// Calls `body` with every token of a range of positions, and whether a document starts with it.
  ///
  /// - Throws: the error of `body`, or the corpus's if it can no longer be read.
  func forEachToken(
    in range: Range<Int>, _ body: (_ token: Int32, _ isStart: Bool) throws -> Void
  ) throws {
    var cursor = try cursor(at: range.lowerBound)
    var tokens = [Int32](repeating: 0, count: min(4_096, range.count))
    var starts = [Bool](repeating: false, count: tokens.count)
    var left = range.count
    while left > 0 {
      var tokenSpan = tokens.mutableSpan
      var startSpan = starts.mutableSpan
      let read = min(left, try cursor.read(into: &tokenSpan, starts: &startSpan))
      if read == 0 { return }
      for i in 0..<read {
        try body(tokens[i], starts[i])
      }
      left -= read
    }
  }
}
