/// How often examples of each class were taken for which class, and the measures that follow from it.
public struct ConfusionMatrix: Equatable, Sendable {
  /// How many classes there are.
  public let classes: Int

  /// [classes, classes], the rows what the examples are, the columns what they were taken for.
  private var counts: [Int]

  /// The matrix of `classes` classes, at least 1, and no examples yet.
  public init(classes: Int) {
    precondition(classes > 0, "there is at least one class")
    self.classes = classes
    counts = Array(repeating: 0, count: classes * classes)
  }

  /// Adds an example of class `target` that was taken for `prediction`, both counted from 0.
  public mutating func add(target: Int, prediction: Int) {
    counts[place(target, prediction)] += 1
  }

  /// How many examples of class `target` were taken for `prediction`.
  public subscript(target target: Int, prediction prediction: Int) -> Int {
    counts[place(target, prediction)]
  }

  /// All examples.
  public var total: Int { counts.reduce(0, +) }

  /// The share of examples that were taken for what they are; 0 where there are none.
  public var accuracy: Double {
    let right = (0..<classes).reduce(0) { $0 + self[target: $1, prediction: $1] }
    return total == 0 ? 0 : Double(right) / Double(total)
  }

  /// Examples of class `index`.
  public func examples(of index: Int) -> Int {
    (0..<classes).reduce(0) { $0 + self[target: index, prediction: $1] }
  }

  /// Examples that were taken for class `index`.
  public func predictions(of index: Int) -> Int {
    (0..<classes).reduce(0) { $0 + self[target: $1, prediction: index] }
  }

  /// Of those taken for class `index`, the share that are of it; 0 where there are none.
  public func precision(of index: Int) -> Double {
    share(self[target: index, prediction: index], of: predictions(of: index))
  }

  /// Of the examples of class `index`, the share taken for it; 0 where there are none.
  public func recall(of index: Int) -> Double {
    share(self[target: index, prediction: index], of: examples(of: index))
  }

  /// The harmonic mean of precision and recall of class `index`; 0 where nothing is right.
  public func f1(of index: Int) -> Double {
    let right = self[target: index, prediction: index]
    return share(2 * right, of: examples(of: index) + predictions(of: index))
  }

  /// The mean of ``f1(of:)`` over the classes that examples are of or were taken for; 0 where there are
  /// none.
  public var macroF1: Double {
    let seen = (0..<classes).filter { examples(of: $0) + predictions(of: $0) > 0 }
    return seen.isEmpty ? 0 : seen.reduce(0) { $0 + f1(of: $1) } / Double(seen.count)
  }

  private func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }

  private func place(_ target: Int, _ prediction: Int) -> Int {
    precondition(
      (0..<classes).contains(target) && (0..<classes).contains(prediction),
      "there are \(classes) classes")
    return target * classes + prediction
  }
}
