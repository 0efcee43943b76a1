/// How a word token stands beside its neighbours where nothing else is said.
enum SpacingClass: UInt8, Sendable {
  /// Before the first token of a text.
  case start
  /// A line break: no space on either side.
  case lineBreak
  /// A space on both sides: words, numbers, emoji, `+`, the unknown word.
  case word
  /// No space before, one after: `,` `.` `)` `%`.
  case closing
  /// A space before, none after: `(` `¿` `$` `'`.
  case opening
  /// No space on either side: dashes, slashes, tabs, ideographs.
  case tight
  /// The straight `"`: opening and closing by turns.
  case quote
  /// Not text of its own: spaces, or the absence of one, that the rule would not give.
  case gap
}

/// What the spacing rule remembers between two tokens; the encoder and the decoder keep the same.
struct WordSpacing: Sendable, Equatable {
  private(set) var previous = SpacingClass.start
  private(set) var isQuoting = false
  /// Whether gap tokens have said what stands between the previous token and the next.
  private(set) var isExplicit = false

  /// Whether the rule puts a space between the previous token and one of class `next`.
  func impliesSpace(before next: SpacingClass) -> Bool {
    switch previous {
    case .start, .lineBreak, .opening, .tight: return false
    case .quote where isQuoting: return false
    case .word, .closing, .quote, .gap: break
    }
    switch next {
    case .word, .opening: return true
    case .quote: return !isQuoting
    case .start, .lineBreak, .closing, .tight, .gap: return false
    }
  }

  /// A token of class `next` has been written.
  mutating func advance(past next: SpacingClass) {
    if next == .gap {
      isExplicit = true
      return
    }
    if next == .quote { isQuoting.toggle() }
    // A forgotten quotation mark must not turn the rest of the text inside out.
    if next == .lineBreak, previous == .lineBreak { isQuoting = false }
    previous = next
    isExplicit = false
  }

  /// The state in one byte, for an index of positions.
  var packed: UInt8 { previous.rawValue | (isQuoting ? 0x10 : 0) | (isExplicit ? 0x20 : 0) }

  init() {}

  /// The state that ``packed`` gave.
  init(packed: UInt8) {
    guard let previous = SpacingClass(rawValue: packed & 0x0F) else {
      preconditionFailure("a packed spacing state comes from `packed`")
    }
    self.previous = previous
    isQuoting = packed & 0x10 != 0
    isExplicit = packed & 0x20 != 0
  }
}

extension SpacingClass {
  /// The class of the token that is spelled `spelling`.
  init(spelling: String) {
    guard let first = spelling.unicodeScalars.first else {
      self = .gap
      return
    }
    if spelling == Vocabulary.joinSpelling || spelling.utf8.allSatisfy({ $0 == 0x20 }) {
      self = .gap
    } else if spelling == Vocabulary.unknownSpelling {
      self = .word
    } else {
      self = first.isASCII ? .init(ascii: first) : .init(beyondASCII: first)
    }
  }

  private init(ascii scalar: Unicode.Scalar) {
    switch scalar {
    case "\n", "\r": self = .lineBreak
    case "a"..."z", "A"..."Z", "0"..."9", "_", "+", "=", "<", ">", "&", "|": self = .word
    case ",", ".", ";", ":", "!", "?", ")", "]", "}", "%": self = .closing
    case "(", "[", "{", "$", "#", "@", "'", "`": self = .opening
    case "\"": self = .quote
    default: self = .tight
    }
  }

  private init(beyondASCII scalar: Unicode.Scalar) {
    if ScalarKind(scalar.value) == .ideograph {
      self = .tight
      return
    }
    switch scalar.properties.generalCategory {
    case .openPunctuation, .initialPunctuation, .currencySymbol: self = .opening
    case .closePunctuation, .finalPunctuation: self = .closing
    case .otherPunctuation: self = scalar == "¿" || scalar == "¡" ? .opening : .closing
    case .dashPunctuation, .spaceSeparator, .lineSeparator, .paragraphSeparator, .control,
      .format, .privateUse, .unassigned:
      self = .tight
    default: self = .word
    }
  }
}
