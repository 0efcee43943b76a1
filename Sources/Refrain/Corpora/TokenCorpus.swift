/// A sequence of tokens too long to hold in memory, made of one document or several.
///
/// Training, evaluation and baselines read a corpus through cursors only, so what a corpus keeps in
/// memory is its own affair: ``InMemoryCorpus`` keeps everything, a corpus of text files keeps an
/// index of positions and reads the files again.
public protocol TokenCorpus: Sendable {
  /// The number of tokens, all documents together.
  var count: Int { get }

  /// The frames that tokens are numbers of; nil for a corpus of symbols.
  var frames: FrameTable? { get }

  /// A token after which a text may begin, as a line after a line break; nil: anywhere. A training reads on
  /// from there with an empty state now and then, so that the network learns to begin.
  var beginning: Int32? { get }

  /// A reader that starts at token `position`, in `0...count`.
  ///
  /// - Throws: an error that names the file if what the corpus was made from can no longer be read.
  func cursor(at position: Int) throws -> any TokenCursor
}

extension TokenCorpus {
  /// None: tokens are symbols.
  public var frames: FrameTable? { nil }
  /// Anywhere.
  public var beginning: Int32? { nil }
}

/// Reads a ``TokenCorpus`` in order.
public protocol TokenCursor {
  /// Fills `tokens` from the front with the next tokens; `starts[i]` becomes true where token `i`
  /// is the first of a document. Both spans are equally long.
  ///
  /// - Returns: the number of tokens read; less than `tokens.count` only at the end of the corpus.
  /// - Throws: an error that names the file if it can no longer be read or has changed.
  mutating func read(
    into tokens: inout MutableSpan<Int32>, starts: inout MutableSpan<Bool>
  ) throws -> Int
}
