/// A symbol that a vocabulary lacks, and what became of it.
public struct Substitution: Codable, Equatable, Sendable {
  /// The symbol as the text spells it.
  public let symbol: String
  /// What was read instead; empty if the symbol was left out.
  public let replacement: String
  /// How often.
  public internal(set) var count: Int

  /// A substitution that was made `count` times.
  public init(symbol: String, replacement: String, count: Int) {
    self.symbol = symbol
    self.replacement = replacement
    self.count = count
  }
}

/// A tally of substitutions.
package struct Substitutions: Sendable {
  /// More different words than this are only counted.
  private static let longestList = 1000

  private let listsWords: Bool
  private var characters: [UInt32: Substitution] = [:]
  private var words: [String: Substitution] = [:]
  /// Words that became the unknown word, listed or not.
  package private(set) var unknownWords = 0

  init(listsWords: Bool) { self.listsWords = listsWords }

  mutating func addCharacter(_ scalar: UInt32, replacement: String) {
    guard let symbol = Unicode.Scalar(scalar) else { return }
    characters[scalar] = Substitution(
      symbol: String(Character(symbol)), replacement: replacement, count: 1)
  }

  mutating func repeatCharacter(_ scalar: UInt32) { characters[scalar]?.count += 1 }

  mutating func addWord(_ word: String, replacement: String) {
    if replacement == Vocabulary.unknownSpelling { unknownWords += 1 }
    guard listsWords else { return }
    if words[word] != nil {
      words[word]?.count += 1
    } else if words.count < Self.longestList {
      words[word] = Substitution(symbol: word, replacement: replacement, count: 1)
    }
  }

  /// Adds what another tokenizer counted.
  package mutating func add(_ other: Substitutions) {
    characters.merge(other.characters, uniquingKeysWith: Self.sum)
    words.merge(other.words, uniquingKeysWith: Self.sum)
    unknownWords += other.unknownWords
  }

  /// The most frequent first.
  package var all: [Substitution] {
    (Array(characters.values) + Array(words.values)).sorted {
      ($1.count, $0.symbol) < ($0.count, $1.symbol)
    }
  }

  private static func sum(_ a: Substitution, _ b: Substitution) -> Substitution {
    Substitution(symbol: a.symbol, replacement: a.replacement, count: a.count + b.count)
  }
}
