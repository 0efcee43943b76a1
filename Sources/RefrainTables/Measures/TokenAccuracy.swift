/// How many elements are right where a sequence is labelled element by element: text to tags in step.
public struct TokenAccuracy: Equatable, Sendable {
  /// How many elements were compared.
  public private(set) var count = 0

  /// How many of them are right.
  public private(set) var correct = 0

  /// How many sequences were added.
  public private(set) var sequences = 0

  /// How many of them have no element wrong.
  public private(set) var perfectSequences = 0

  /// The accuracy of nothing yet.
  public init() {}

  /// Adds a sequence's predicted elements, as many as `targets` has.
  public mutating func add<Element: Equatable>(_ predictions: [Element], targets: [Element]) {
    precondition(predictions.count == targets.count, "every target has one prediction")
    let right = zip(predictions, targets).count { $0 == $1 }
    count += targets.count
    correct += right
    sequences += 1
    perfectSequences += right == targets.count ? 1 : 0
  }

  /// The share of elements that are right; 0 where there are none.
  public var value: Double { count == 0 ? 0 : Double(correct) / Double(count) }

  /// The share of sequences that have no element wrong; 0 where there are none.
  public var perfectShare: Double {
    sequences == 0 ? 0 : Double(perfectSequences) / Double(sequences)
  }
}
