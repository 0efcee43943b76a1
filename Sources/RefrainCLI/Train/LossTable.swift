import Foundation
import Refrain
import RefrainText

/// Tokens per second between two evaluations.
struct MeanSpeed {
  /// The last step of the last report.
  var step = 0
  private var tokens = 0.0
  private var seconds = 0.0

  /// Takes in a report.
  mutating func add(_ report: StepReport, tokensOfStep count: Int) {
    let trained = Double((report.step - step) * count)
    step = report.step
    tokens += trained
    if report.tokensPerSecond > 0 { seconds += trained / report.tokensPerSecond }
  }

  /// The mean since it was last taken.
  mutating func take() -> Double {
    defer { (tokens, seconds) = (0, 0) }
    return seconds > 0 ? tokens / seconds : 0
  }
}

/// The evaluations of a training as a table, line by line.
enum LossTable {
  private static let widths = [10, 8, 10, 12, 12, 10, 13]

  /// The names of the columns.
  static func header(unit: Vocabulary.Unit, hasValidation: Bool) -> String {
    let measure =
      switch unit {
      case .character: "bits/char"
      case .byte: "bits/byte"
      case .word: "perplexity"
      }
    return line([
      "step", "epoch", "training", hasValidation ? "validation" : "-", measure,
      "\(unit.short)/s", "time",
    ])
  }

  /// One evaluation.
  static func row(
    _ report: EvaluationReport, unit: Vocabulary.Unit, hasValidation: Bool, speed: Double
  ) -> String {
    line([
      report.step.grouped, report.epoch.fixed(2), report.trainingLoss?.fixed(4) ?? "-",
      hasValidation ? report.loss.fixed(4) : "-",
      unit == .word ? exp(report.loss).short : (report.loss / log(2)).fixed(2),
      speed.short, report.seconds.asDuration,
    ])
  }

  private static func line(_ cells: [String]) -> String {
    zip(cells, widths).map { cell, width in
      String(repeating: " ", count: max(0, width - cell.count)) + cell
    }.joined()
  }
}

extension Vocabulary.Unit {
  /// One token.
  var singular: String {
    switch self {
    case .character: "character"
    case .word: "word"
    case .byte: "byte"
    }
  }

  /// Several tokens.
  var plural: String { singular + "s" }

  /// For the head of a column.
  fileprivate var short: String { self == .character ? "chars" : plural }
}

extension Optimizer {
  /// The name of the method, as its authors write it.
  var inWords: String {
    switch self {
    case .adam: "Adam"
    case .adamW: "AdamW"
    case .rmsProp: "RMSProp"
    case .sgd(let momentum, _): momentum > 0 ? "SGD with momentum" : "SGD"
    }
  }
}
