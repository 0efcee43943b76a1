public import Refrain

/// What one side of a row is and how its value becomes elements of `RowSequences`: tokens, or numbers of frames.
///
/// It is made from the rows that a network is trained on and saved in its model file.
public enum RowFormat: Codable, Equatable, Sendable {
  /// A text; each row is a document of its own. Of characters that the vocabulary lacks, others stand for some
  /// and the rest are left out (`Vocabulary.encode`); words that it lacks are unknown ones.
  case text(Vocabulary)
  /// Symbols between spaces.
  case symbols(Symbols)
  /// One class.
  case label(Labels)
  /// Any number of labels at once: a frame with 1 for each that is there and 0 for the others.
  case labels(Labels)
  /// A number per column: one frame.
  case numbers(NumberScale)
  /// A sequence of numbers: a frame for each step, with a value for each column.
  case sequence(NumberScale)

  /// Tokens of the vocabulary, classes, labels, or values of a frame: what a network reads or predicts is this wide.
  public var size: Int {
    switch self {
    case .text(let vocabulary): vocabulary.count
    case .symbols(let symbols): symbols.count
    case .label(let labels), .labels(let labels): labels.count
    case .numbers(let scale), .sequence(let scale): scale.size
    }
  }

  /// The names of the classes or labels, the most frequent first; empty for anything else.
  public var labelNames: [String] {
    switch self {
    case .label(let labels), .labels(let labels): labels.names
    case .text, .symbols, .numbers, .sequence: []
    }
  }

  /// Whether elements are numbers of frames, not tokens.
  public var hasFrames: Bool {
    switch self {
    case .text, .symbols, .label: false
    case .labels, .numbers, .sequence: true
    }
  }

  /// What kind of values it is for.
  public var kind: RowKind {
    switch self {
    case .text(let vocabulary): RowKind(vocabulary.tokenKind)
    case .symbols: .symbols
    case .label: .label
    case .labels: .labels
    case .numbers: .numbers
    case .sequence: .sequence
    }
  }

  /// The format that a side of these rows has.
  ///
  /// - Parameters:
  ///   - named: the rows whose tokens and labels are known, at least one.
  ///   - training: the rows whose numbers' mean and deviation are taken, at least one.
  ///   - minimumCount: rarer words and symbols are unknown ones.
  init(_ kind: RowKind, named: [RowValue], training: [RowValue], minimumCount: Int) {
    switch kind {
    case .character, .word, .byte:
      self = .text(
        Vocabulary(rows: named.map(\.written), kind.tokenKind ?? .byte, minimumCount: minimumCount))
    case .symbols: self = .symbols(Symbols(named.map(\.words), minimumCount: minimumCount))
    case .label: self = .label(Labels(counting: named.map(\.written)))
    case .labels:
      // A label that a row has twice is there once.
      self = .labels(Labels(counting: named.lazy.flatMap { Set($0.words) }))
    case .numbers: self = .numbers(NumberScale(training.flatMap(\.steps)))
    case .sequence: self = .sequence(NumberScale(training.flatMap(\.steps)))
    }
  }

  /// A table for the frames that elements are numbers of; nil for tokens.
  func frameTable() -> FrameTable? { hasFrames ? FrameTable(size: size) : nil }

  /// The elements of a value; frames are added to `frames`.
  ///
  /// - Throws: ``UnknownLabel``.
  func elements(of value: RowValue, frames: FrameTable?) throws(UnknownLabel) -> [Int32] {
    switch self {
    case .text(let vocabulary): return vocabulary.encode(value.written).tokens
    case .symbols(let symbols):
      var elements: [Int32] = []
      for word in value.words { elements.append(try symbols.index(of: word)) }
      return elements
    case .label(let labels): return [Int32(try labels.index(of: value.written))]
    case .labels(let labels):
      var frame = Array(repeating: Float(0), count: labels.count)
      for word in value.words { frame[try labels.index(of: word)] = 1 }
      return Self.add([frame], to: frames)
    case .numbers(let scale), .sequence(let scale):
      return Self.add(value.steps.map { scale.scaled($0) }, to: frames)
    }
  }

  private static func add(_ steps: [[Float]], to frames: FrameTable?) -> [Int32] {
    guard let frames else { preconditionFailure("a format of frames has a table for them") }
    frames.beginRecording()
    let first = frames.count
    for step in steps { frames.append(step) }
    return (first..<frames.count).map { Int32($0) }
  }

  /// What tokens that a network read or predicted are written as; not of frames.
  public func text(of tokens: [Int32]) -> String {
    switch self {
    case .text(let vocabulary): vocabulary.decode(tokens)
    default: tokens.map { name(of: Int($0)) }.joined(separator: " ")
    }
  }

  /// The name of a token, class or label.
  public func name(of index: Int) -> String {
    switch self {
    case .text(let vocabulary): vocabulary.tokens[index]
    case .symbols(let symbols): symbols[index]
    case .label(let labels), .labels(let labels): labels[index]
    case .numbers, .sequence: String(index)
    }
  }
}

extension RowValue {
  /// The symbols or labels; none of anything else.
  fileprivate var words: [String] {
    if case .words(let words) = self { words } else { [] }
  }

  /// The numbers; none of anything else.
  fileprivate var steps: [[Double]] {
    if case .numbers(let steps) = self { steps } else { [] }
  }
}

extension Vocabulary {
  /// The vocabulary of rows, each of which is a document of its own.
  fileprivate init(rows: [String], _ tokenKind: TokenKind, minimumCount: Int) {
    switch tokenKind {
    case .byte: self = .bytes
    case .character:
      var characters: Set<Unicode.Scalar> = []
      for row in rows { characters.formUnion(row.unicodeScalars) }
      self.init(characters: characters)
    case .word:
      var counts = WordCounts()
      for var row in rows { row.withUTF8 { _ = counts.count($0.span, isLast: true) } }
      self = counts.vocabulary(minimumCount: minimumCount, size: nil)
    }
  }
}
