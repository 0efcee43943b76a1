/// A part of a corpus: a corpus itself, whose first token counts as the start of a document.
///
/// ```swift
/// let (training, validation) = corpus.split(validationFraction: 0.1)
/// ```
public struct CorpusSlice: TokenCorpus {
  private let base: any TokenCorpus
  /// The positions of the whole corpus that belong to the slice.
  public let range: Range<Int>

  /// - Parameters:
  ///   - corpus: the whole corpus.
  ///   - range: positions inside `0..<corpus.count`.
  public init(_ corpus: any TokenCorpus, range: Range<Int>) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= corpus.count, "a slice lies inside its corpus")
    base = corpus
    self.range = range
  }

  /// The number of tokens in the slice.
  public var count: Int { range.count }

  /// The frames that tokens are numbers of, if they are.
  public var frames: FrameTable? { base.frames }

  /// A token after which a text may begin, if the whole corpus has one.
  public var beginning: Int32? { base.beginning }

  /// A reader that starts at token `position` of the slice, in `0...count`.
  public func cursor(at position: Int) throws -> any TokenCursor {
    precondition((0...count).contains(position), "a cursor starts inside its corpus")
    return Cursor(
      base: try base.cursor(at: range.lowerBound + position), left: count - position,
      isAtStart: position == 0)
  }

  private struct Cursor: TokenCursor {
    var base: any TokenCursor
    var left: Int
    var isAtStart: Bool

    mutating func read(
      into tokens: inout MutableSpan<Int32>, starts: inout MutableSpan<Bool>
    ) throws -> Int {
      let wanted = min(tokens.count, left)
      guard wanted > 0 else { return 0 }
      var someTokens = tokens._mutatingExtracting(0..<wanted)
      var someStarts = starts._mutatingExtracting(0..<wanted)
      let read = try base.read(into: &someTokens, starts: &someStarts)
      if isAtStart, read > 0 { someStarts[0] = true }
      isAtStart = isAtStart && read == 0
      left -= read
      return read
    }
  }
}

extension TokenCorpus {
  /// The part of the corpus at these token positions.
  public subscript(range: Range<Int>) -> CorpusSlice { CorpusSlice(self, range: range) }

  /// The corpus without its tail, for training, and the tail, for validation.
  ///
  /// - Parameter validationFraction: the tail's share of the tokens, in `0..<1`.
  /// - Returns: two slices that do not overlap; no validation where one of them would be shorter
  ///   than 2 tokens.
  public func split(
    validationFraction: Double
  ) -> (training: CorpusSlice, validation: CorpusSlice?) {
    precondition((0..<1).contains(validationFraction), "the validation part lies in 0..<1")
    let tail = Int((Double(count) * validationFraction).rounded())
    guard tail >= 2, count - tail >= 2 else { return (self[0..<count], nil) }
    return (self[0..<count - tail], self[count - tail..<count])
  }
}
