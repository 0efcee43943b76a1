import Foundation
import Refrain
import RefrainTables
import RefrainText

/// What a comparison calls what is learned.
struct ComparisonWords: Sendable {
  /// What a loss is measured in: `nats per character`.
  let measure: String
  /// The same at the head of a column: `nats/char`.
  let shortMeasure: String
  /// A loss in another way, if there is one: the head of its column, and the value.
  let otherMeasure: (name: String, value: @Sendable (Double) -> String)?
  /// What networks read at each step: `characters`.
  let elements: String
  /// The same at the head of a column: `chars`.
  let shortElements: String
  /// How much there is to learn from and to compare on, in a sentence.
  let amounts: String
}

extension ComparisonWords {
  /// Of a text.
  init(_ text: TextComparison) {
    let kind = text.corpus.vocabulary.tokenKind
    measure = "nats per \(kind.singular)"
    shortMeasure = "nats/\(kind.short.dropLast())"
    otherMeasure =
      kind == .word
      ? Self.perplexity : ("bits/\(kind.short.dropLast())", { ($0 / log(2)).fixed(3) })
    (elements, shortElements) = (kind.plural, kind.short)
    amounts =
      "\(text.tokens.training.of(kind.singular)) for training, \(text.tokens.validation.grouped) for "
      + "comparison."
  }

  /// Of a table.
  init(_ table: TableComparison) {
    switch table.data.task.target.kind {
    case .numbers, .sequence:
      (measure, shortMeasure) = ("share of the variance", "variance")
      otherMeasure = ("deviations", { $0.squareRoot().fixed(3) })
    case .label:
      (measure, shortMeasure, otherMeasure) = ("nats per row", "nats/row", Self.perplexity)
    case .labels:
      (measure, shortMeasure, otherMeasure) = ("nats for a row's labels", "nats/row", nil)
    case .character, .word, .byte, .symbols:
      (measure, shortMeasure, otherMeasure) = ("nats per token", "nats/token", Self.perplexity)
    }
    (elements, shortElements) = ("elements", "elements")
    amounts =
      "\(table.rows.training.of("row")) for training, \(table.rows.validation.grouped) for comparison."
  }

  private static let perplexity: (name: String, value: @Sendable (Double) -> String) = (
    "perplexity", { exp($0).short }
  )
}
