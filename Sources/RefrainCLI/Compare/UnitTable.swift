import Foundation
import Refrain
import RefrainTools

/// What a comparison has found, the unit with the lowest loss first.
struct UnitTable {
  private let results: [ComparedResult]
  private let words: ComparisonWords

  init(_ results: [ComparedResult], _ words: ComparisonWords) {
    self.results = results.sorted { ($0.best?.loss ?? .infinity) < ($1.best?.loss ?? .infinity) }
    self.words = words
  }

  /// A line for the names of the columns, and one per unit.
  var lines: [String] { TextTable(rows: [header] + results.map(row), leftColumns: 1).lines }

  private var header: [String] {
    ["unit", "hidden", "layers", "parameters", words.shortMeasure]
      + (words.otherMeasure.map { [$0.name] } ?? [])
      + ["steps", "steps/s", "\(words.shortElements)/s", "workspace", "time", ""]
  }

  private func row(_ result: ComparedResult) -> [String] {
    let compared = result.compared
    let loss = result.best?.loss
    let other = words.otherMeasure.map { measure in [loss.map(measure.value) ?? "-"] } ?? []
    return [
      compared.unit.description, compared.hidden.grouped, compared.layers.grouped,
      compared.parameters.grouped, loss?.fixed(4) ?? "-",
    ] + other + [
      result.steps.grouped, result.stepsPerSecond.short, result.tokensPerSecond.short,
      compared.workspaceBytes.asBytes, result.seconds.asDuration, remark(result.end),
    ]
  }

  /// What the figures do not say.
  private func remark(_ end: TrainingEnd?) -> String {
    switch end {
    case nil: "stopped"
    case .diverged: "diverged"
    case .finished, .timeIsUp, .noImprovement: ""
    }
  }
}

extension ComparedResult {
  /// The same for programs.
  func json(_ words: ComparisonWords) -> JSONValue {
    [
      "unit": .string(compared.unit.description), "hidden": .integer(compared.hidden),
      "layers": .integer(compared.layers), "parameters": .integer(compared.parameters),
      "validation_loss": .number(orNull: best?.loss),
      "measure": .string(words.measure),
      "best_step": .integer(orNull: best?.step), "steps": .integer(steps),
      "steps_per_second": .number(stepsPerSecond), "tokens_per_second": .number(tokensPerSecond),
      "workspace_bytes": .number(compared.workspaceBytes), "seconds": .number(seconds),
      "reason": .string(end?.name ?? "interrupted"),
      "evaluations": .array(
        evaluations.map {
          ["step": .integer($0.step), "seconds": .number($0.seconds), "loss": .number($0.loss)]
        }),
    ]
  }
}
