/// Names that a misspelt one may stand for.
enum NearestNames {
  /// Longer names are compared by their beginnings.
  private static let longest = 60
  /// More names are not looked through: it is a hint.
  private static let mostCandidates = 10_000

  /// The names that are nearest to `name`, the nearest first: by edit distance of their letters, capitals
  /// or not, and at most half of the longer one's letters apart.
  static func of(_ name: String, among names: [String], most: Int) -> [String] {
    let wanted = letters(name)
    var found: [(distance: Int, index: Int)] = []
    for (index, candidate) in names.prefix(mostCandidates).enumerated() {
      let other = letters(candidate)
      let distance = EditDistance.between(wanted, other)
      if 2 * distance <= max(wanted.count, other.count) { found.append((distance, index)) }
    }
    return found.sorted { $0 < $1 }.prefix(most).map { names[$0.index] }
  }

  private static func letters(_ name: String) -> [Unicode.Scalar] {
    Array(name.lowercased().unicodeScalars.prefix(longest))
  }
}
