/// How well sets of labels are predicted, any number of which may be true at once.
public struct LabelSetMeasures: Equatable, Sendable {
  /// How many sets were added.
  public private(set) var count = 0

  /// How many of them equal what was expected.
  public private(set) var exactMatches = 0

  private var right: [Int]
  private var missed: [Int]
  private var wrong: [Int]

  /// Measures of sets out of `labels` labels, at least 1, and of none yet.
  public init(labels: Int) {
    precondition(labels > 0, "there is at least one label")
    right = Array(repeating: 0, count: labels)
    missed = right
    wrong = right
  }

  /// Adds a set; both have a place for every label.
  public mutating func add(_ prediction: [Bool], target: [Bool]) {
    precondition(
      prediction.count == right.count && target.count == right.count,
      "there are \(right.count) labels")
    for index in right.indices {
      switch (prediction[index], target[index]) {
      case (true, true): right[index] += 1
      case (false, true): missed[index] += 1
      case (true, false): wrong[index] += 1
      case (false, false): break
      }
    }
    count += 1
    exactMatches += prediction == target ? 1 : 0
  }

  /// The share of sets that equal what was expected; 0 where nothing was added.
  public var exactMatchRate: Double { count == 0 ? 0 : Double(exactMatches) / Double(count) }

  /// The harmonic mean of precision and recall of the label at `index`; 0 where nothing is right.
  public func f1(of index: Int) -> Double {
    Self.f1(right[index], missed[index], wrong[index])
  }

  /// The mean of ``f1(of:)`` over the labels that were expected or predicted; 0 where there are none.
  public var macroF1: Double {
    let seen = right.indices.filter { right[$0] + missed[$0] + wrong[$0] > 0 }
    return seen.isEmpty ? 0 : seen.reduce(0) { $0 + f1(of: $1) } / Double(seen.count)
  }

  /// The harmonic mean of precision and recall, all labels counted together; 0 where nothing is right.
  public var microF1: Double {
    Self.f1(right.reduce(0, +), missed.reduce(0, +), wrong.reduce(0, +))
  }

  private static func f1(_ right: Int, _ missed: Int, _ wrong: Int) -> Double {
    let whole = 2 * right + missed + wrong
    return whole == 0 ? 0 : 2 * Double(right) / Double(whole)
  }
}
