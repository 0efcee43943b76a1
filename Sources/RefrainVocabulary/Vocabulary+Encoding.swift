extension Vocabulary {
  /// A text as tokens.
  public struct Encoding: Equatable, Sendable {
    /// The indices, each in `0..<count`.
    public let tokens: [Int32]
    /// The symbols that the vocabulary lacks and that others stand for, the most frequent first.
    public let replaced: [Substitution]
    /// The characters that were left out, the most frequent first.
    public let leftOut: [Substitution]

    /// A sentence about what the vocabulary lacks; nil if it lacks nothing.
    public var explanation: String? {
      Substitution.explanation(replaced: replaced, leftOut: leftOut)
    }
  }

  /// The tokens of `text`. No text fails: what the vocabulary lacks is replaced by these rules.
  ///
  /// A character becomes the first of these that the vocabulary holds:
  /// 1. its plain form, if it is a typographic variant (curly quotes, dashes, an ellipsis, a
  ///    non-breaking space, a tab),
  /// 2. its base letters: what its compatibility decomposition leaves without marks (é: e, ﬁ: fi,
  ///    ß: ss),
  /// 3. its other case,
  /// 4. its plain form or its base letters in the other case;
  /// otherwise it is left out.
  ///
  /// A word becomes its plain form (`don’t`: `don't`), otherwise ``unknown``. Bytes lack nothing.
  public func encode(_ text: String) -> Encoding {
    var text = text
    var tokenizer = Tokenizer(self)
    let tokens = text.withUTF8 { tokenizer.encode(all: $0.span) }
    let all = tokenizer.substitutions.all
    return Encoding(
      tokens: tokens, replaced: all.filter { !$0.replacement.isEmpty },
      leftOut: all.filter { $0.replacement.isEmpty })
  }
}

extension Tokenizer {
  /// Encodes a whole text.
  mutating func encode(all bytes: Span<UInt8>) -> [Int32] {
    var tokens: [Int32] = []
    tokens.reserveCapacity(bytes.count)
    var part = [Int32](repeating: 0, count: 4096)
    var position = 0
    while position < bytes.count {
      var span = part.mutableSpan
      let step = encode(bytes.extracting(position..<bytes.count), isLast: true, into: &span)
      tokens.append(contentsOf: part.prefix(step.tokens))
      position += step.bytes
    }
    return tokens
  }
}

extension Substitution {
  /// A sentence about both lists; nil if they are empty.
  package static func explanation(
    replaced: [Substitution], leftOut: [Substitution]
  ) -> String? {
    let unknown = replaced.filter { $0.replacement == Vocabulary.unknownSpelling }
    let others = replaced.filter { $0.replacement != Vocabulary.unknownSpelling }
    var parts: [String] = []
    if !others.isEmpty { parts.append("read " + list(others) { "\($0.name) as \($0.plain)" }) }
    if !unknown.isEmpty { parts.append("took as unknown words " + list(unknown) { $0.name }) }
    if !leftOut.isEmpty { parts.append("left out " + list(leftOut) { $0.name }) }
    guard !parts.isEmpty else { return nil }
    return "Not in the vocabulary: " + parts.joined(separator: "; ") + "."
  }

  private static func list(
    _ all: [Substitution], _ describe: (Substitution) -> String
  ) -> String {
    let shown = all.prefix(5).map { describe($0) + ($0.count > 1 ? " (\($0.count) times)" : "") }
    let rest = all.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private var name: String { Self.visible(symbol) }
  private var plain: String { Self.visible(replacement) }

  /// `text` as it can stand in a sentence: what cannot be seen is named by its number.
  package static func visible(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar in
      let isVisible: Bool =
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned,
          .nonspacingMark, .privateUse, .surrogate:
          false
        default: true
        }
      if isVisible { return String(Character(scalar)) }
      switch scalar {
      case " ": return text.unicodeScalars.count == 1 ? "space" : " "
      case "\n": return "\\n"
      case "\r": return "\\r"
      case "\t": return "\\t"
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      }
    }
    let shown = scalars.joined()
    return shown == "space" || shown.hasPrefix("U+") ? shown : "‘\(shown)’"
  }
}
