/// Levenshtein's distance: how many elements have to be put in, taken out or replaced to make one sequence
/// another.
public enum EditDistance {
  /// The distance between `first` and `second`.
  ///
  /// It takes time in proportion to the product of their lengths, and memory to the shorter one's.
  public static func between<Element: Equatable>(_ first: [Element], _ second: [Element]) -> Int {
    let (long, short) = first.count < second.count ? (second, first) : (first, second)
    // distances[j]: between what was read of `long` and the first j of `short`.
    var distances = Array(0...short.count)
    for (i, element) in long.enumerated() {
      var diagonal = i
      distances[0] = i + 1
      for j in short.indices {
        let replaced = diagonal + (element == short[j] ? 0 : 1)
        diagonal = distances[j + 1]
        distances[j + 1] = min(replaced, min(diagonal, distances[j]) + 1)
      }
    }
    return distances[short.count]
  }
}
