/// How well sequences are predicted whose lengths may differ from what was expected: sounds of a word, a
/// translation.
///
/// With words as elements the error rate is the word error rate of speech recognition, with phonemes the
/// phoneme error rate.
public struct SequenceMeasures: Equatable, Sendable {
  /// How many predictions were added.
  public private(set) var count = 0

  /// How many of them equal one of their references.
  public private(set) var exactMatches = 0

  /// Edits from the predictions to their nearest references.
  public private(set) var edits = 0

  /// Elements of those references.
  public private(set) var referenceLength = 0

  /// Measures of nothing yet.
  public init() {}

  /// Adds a prediction for which any of `references` is right.
  ///
  /// Only the nearest reference counts, the longest of them where several are equally near.
  ///
  /// - Parameters:
  ///   - prediction: the predicted sequence.
  ///   - references: at least one.
  public mutating func add<Element: Equatable>(_ prediction: [Element], references: [[Element]]) {
    precondition(!references.isEmpty, "a prediction is compared with at least one reference")
    let nearest =
      references
      .map { (edits: EditDistance.between(prediction, $0), length: $0.count) }
      .min { ($0.edits, -$0.length) < ($1.edits, -$1.length) }
    guard let nearest else { return }
    count += 1
    exactMatches += nearest.edits == 0 ? 1 : 0
    edits += nearest.edits
    referenceLength += nearest.length
  }

  /// The share of predictions that equal one of their references; 0 where nothing was added.
  public var exactMatchRate: Double { count == 0 ? 0 : Double(exactMatches) / Double(count) }

  /// Edits per element of the references: 0 is perfect, and more than 1 is possible.
  ///
  /// Where all references are empty: 0 without an edit, otherwise infinite.
  public var errorRate: Double {
    if edits == 0 { return 0 }
    return Double(edits) / Double(referenceLength)
  }
}
