extension Vocabulary: Codable {
  private enum CodingKeys: String, CodingKey {
    case tokenKind = "unit"
    case tokens, rules
  }

  /// Writes the kind of the tokens and the tokens; bytes need no tokens.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(tokenKind, forKey: .tokenKind)
    if tokenKind != .byte { try container.encode(tokens, forKey: .tokens) }
    // Files of the first rules say nothing of them.
    if rules != .first { try container.encode(rules, forKey: .rules) }
  }

  /// Reads a vocabulary.
  ///
  /// - Throws: `DecodingError.dataCorrupted` with a sentence if the tokens are not such as a
  ///   vocabulary of this kind has.
  public init(from decoder: any Swift.Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let tokenKind = try container.decode(TokenKind.self, forKey: .tokenKind)
    let rules = try container.decodeIfPresent(Rules.self, forKey: .rules) ?? .first
    if tokenKind == .byte {
      self.init(tokenKind: .byte, checkedTokens: Self.bytes.tokens, rules: rules)
      return
    }
    let tokens = try container.decode([String].self, forKey: .tokens)
    if let problem = Self.problem(tokenKind: tokenKind, tokens: tokens) {
      throw DecodingError.dataCorruptedError(
        forKey: .tokens, in: container, debugDescription: problem)
    }
    self.init(tokenKind: tokenKind, checkedTokens: tokens, rules: rules)
  }

  private static func problem(tokenKind: TokenKind, tokens: [String]) -> String? {
    if tokens.count >= Int(Int32.max) { return "a vocabulary has fewer than two billion tokens" }
    switch tokenKind {
    case .byte: return nil
    case .character:
      let scalars = tokens.compactMap { $0.unicodeScalars.first }
      if scalars.count < tokens.count || tokens.contains(where: { $0.unicodeScalars.count > 1 }) {
        return "every token of a vocabulary of characters is one Unicode scalar"
      }
      if zip(scalars, scalars.dropFirst()).contains(where: { $0 >= $1 }) {
        return "the tokens of a vocabulary of characters stand in scalar order, each once"
      }
    case .word:
      if Array(tokens.prefix(3)) != [unknownSpelling, joinSpelling, " "] {
        return "a vocabulary of words begins with <unk>, <join> and a space"
      }
      if tokens.contains(where: { $0.isEmpty || $0.utf8.count > WordReader.lookAhead }) {
        return "a token of a vocabulary of words has 1 to \(WordReader.lookAhead) bytes"
      }
      if Set(tokens.map { Array($0.utf8) }).count < tokens.count {
        return "a vocabulary holds every token once"
      }
    }
    return nil
  }
}
