/// Interpolated modified Kneser-Ney written down from its definition, with arrays for keys and every
/// count made by going through all n-grams again.
struct NaiveKneserNey {
  let order: Int
  let vocabularySize: Int
  /// All n-grams of the text at index n - 1, as often as they occur; documents begin with -1.
  private let occurrences: [[[Int32]]]

  init(order: Int, vocabularySize: Int, documents: [[Int32]]) {
    self.order = order
    self.vocabularySize = vocabularySize
    occurrences = (1...order).map { n in
      documents.flatMap { document in
        let marked = [-1] + document
        return (0..<max(0, marked.count - n + 1)).map { Array(marked[$0..<$0 + n]) }
          .filter { $0.last != -1 }
      }
    }
  }

  func count(_ ngram: [Int32]) -> Int {
    if ngram.count == order || ngram.first == -1 {
      return occurrences[ngram.count - 1].count { $0 == ngram }
    }
    return Set(occurrences[ngram.count].filter { Array($0.dropFirst()) == ngram }).count
  }

  func discount(_ count: Int, length: Int) -> Double {
    if count == 0 { return 0 }
    let all = Set(occurrences[length - 1]).map { self.count($0) }
    let n = (0...4).map { k in Double(all.count { $0 == k }) }
    if n[1] > 0 && n[2] > 0 && n[3] > 0 {
      let y = n[1] / (n[1] + 2 * n[2])
      let d = [0, 1 - 2 * y * n[2] / n[1], 2 - 3 * y * n[3] / n[2], 3 - 4 * y * n[4] / n[3]]
      if (1...3).allSatisfy({ d[$0] > 0 }) { return d[min(count, 3)] }
    }
    return [0, 0.5, 1, 1.5][min(count, 3)]
  }

  func probability(of token: Int32, after context: [Int32]) -> Double {
    let context = Array(context.suffix(order - 1))
    let shorter =
      context.isEmpty
      ? 1 / Double(vocabularySize) : probability(of: token, after: Array(context.dropFirst()))
    let n = context.count + 1
    let counts = (0..<Int32(vocabularySize)).map { count(context + [$0]) }
    let total = Double(counts.reduce(0, +))
    if total == 0 { return shorter }
    let withheld = counts.reduce(0) { $0 + discount($1, length: n) }
    let own = counts[Int(token)]
    return (Double(own) - discount(own, length: n) + withheld * shorter) / total
  }
}
