/// Counts the words of a text that is read in blocks.
package struct WordCounts {
  private var table = SpellingTable()
  private var counts: [Int] = []
  /// Which runs of spaces there are, up to the longest that is one token.
  private var hasSpaces = [Bool](repeating: false, count: Vocabulary.longestSpaces + 1)
  private var reader = WordReader()

  /// More different pieces than this are not remembered.
  private let capacity: Int
  /// Pieces that had come up to this often when there were too many are forgotten; 0: none is.
  package private(set) var forgottenCount = 0

  /// - Parameter capacity: the different pieces to remember; where there are more, the rarest so
  ///   far are forgotten, so that counting needs no more memory than that.
  package init(capacity: Int = 1_000_000) { self.capacity = capacity }

  /// Counts the pieces of `bytes`, which follow those already counted.
  ///
  /// - Returns: the bytes used; the rest belongs before the next block.
  package mutating func count(_ bytes: Span<UInt8>, isLast: Bool) -> Int {
    var position = 0
    while position < bytes.count {
      var start = position
      while start < bytes.count, bytes[start] == 0x20 { start += 1 }
      let spaces = min(start - position, Vocabulary.longestSpaces)
      guard start < bytes.count || isLast || spaces == Vocabulary.longestSpaces else {
        return position
      }
      hasSpaces[spaces] = true
      guard start < bytes.count else { return start }
      guard let end = reader.readPiece(bytes, at: start, isLast: isLast) else { return position }
      let index = Int(table.insert(reader.spelling))
      if index == counts.count { counts.append(0) }
      counts[index] += 1
      if counts.count > capacity { forgetRarest() }
      position = end
    }
    return position
  }

  /// The different pieces found.
  package var distinct: Int { counts.count }

  private mutating func forgetRarest() {
    var kept = Table()
    var rarest = 0
    repeat {
      rarest += 1
      kept = Table()
      for index in counts.indices where counts[index] > rarest || isLineBreak(index) {
        _ = kept.spellings.insert(Array(table.spelling(index)))
        kept.counts.append(counts[index])
      }
    } while kept.counts.count > capacity / 2
    forgottenCount = max(forgottenCount, rarest)
    (table, counts) = (kept.spellings, kept.counts)
  }

  private struct Table {
    var spellings = SpellingTable()
    var counts: [Int] = []
  }

  private func isLineBreak(_ index: Int) -> Bool {
    let first = table.spelling(index).first
    return first == 0x0A || first == 0x0D
  }

  /// The vocabulary of the most frequent pieces; equally frequent ones in the order of their bytes.
  /// A line break is never too rare: without it the spacing rule would join the lines.
  package func vocabulary(minimumCount: Int, size: Int?) -> Vocabulary {
    precondition(size ?? 3 >= 3, "a vocabulary of words has at least 3 tokens")
    var tokens = [Vocabulary.unknownSpelling, Vocabulary.joinSpelling, " "]
    let order = counts.indices.filter { counts[$0] >= minimumCount || isLineBreak($0) }.sorted {
      a, b in
      counts[a] != counts[b]
        ? counts[a] > counts[b]
        : table.spelling(a).lexicographicallyPrecedes(table.spelling(b))
    }
    for length in 2...Vocabulary.longestSpaces where hasSpaces[length] {
      tokens.append(String(repeating: " ", count: length))
    }
    tokens += order.map { String(decoding: table.spelling($0), as: UTF8.self) }
    return Vocabulary(tokenKind: .word, checkedTokens: Array(tokens.prefix(size ?? tokens.count)))
  }
}
