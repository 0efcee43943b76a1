internal import Refrain

/// What one side of a table's rows is: what is read, or what should be predicted.
///
/// Where a user does not tell, the kind is recognised from the values:
/// 1. Numbers in every row: ``numbers``. Several columns are then read together.
/// 2. Arrays of numbers, or texts of numbers with spaces between: ``sequence``. Several columns are then read
///    together, step by step.
/// 3. Arrays of texts: ``symbols``.
/// 4. Few different texts that repeat (at most 1,000 of them, none longer than 50 characters, each in two rows
///    on average): ``label``; but not where the scheme needs a sequence. Any text is one where the scheme
///    needs a single step.
/// 5. Of texts that should be predicted: words that are few and repeat (at most 200 of them, each ten times on
///    average, and more than one in some row): ``symbols``, as the sounds of a word.
/// 6. Texts with as many words in every row as the target has symbols, and more than one in some row:
///    ``symbols``, as words and their tags.
/// 7. Other texts: ``character``.
public enum RowKind: String, Codable, CaseIterable, Sendable {
  /// A text, character by character.
  case character = "char"
  /// A text, word by word, its spaces and punctuation included.
  case word
  /// A text, byte by byte.
  case byte
  /// Symbols with spaces between, or an array of texts: phonemes, tags, words.
  case symbols
  /// One class.
  case label
  /// Any number of labels at once: with spaces between, or an array of texts.
  case labels
  /// A number per column, all at once.
  case numbers
  /// A sequence of numbers; of several columns, as many at each step.
  case sequence

  /// Whether a row has several steps of it.
  public var hasSteps: Bool {
    switch self {
    case .character, .word, .byte, .symbols, .sequence: true
    case .label, .labels, .numbers: false
    }
  }

  /// What it is, for sentences.
  public var inWords: String {
    switch self {
    case .character: "text by character"
    case .word: "text by word"
    case .byte: "text by byte"
    case .symbols: "symbols"
    case .label: "a label"
    case .labels: "a set of labels"
    case .numbers: "numbers"
    case .sequence: "a sequence of numbers"
    }
  }

  /// What a text's tokens are; nil for what is no text.
  var tokenKind: Vocabulary.TokenKind? {
    switch self {
    case .character: .character
    case .word: .word
    case .byte: .byte
    default: nil
    }
  }

  /// The kind of texts with such tokens.
  init(_ tokenKind: Vocabulary.TokenKind) {
    switch tokenKind {
    case .character: self = .character
    case .word: self = .word
    case .byte: self = .byte
    }
  }
}
