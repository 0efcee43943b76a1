import Foundation
import Refrain
import RefrainText

/// What a comparison has found, the unit with the lowest loss first.
struct UnitTable {
  private let results: [ComparedResult]
  private let unit: Vocabulary.Unit

  init(_ results: [ComparedResult], unit: Vocabulary.Unit) {
    self.results = results.sorted { ($0.best?.loss ?? .infinity) < ($1.best?.loss ?? .infinity) }
    self.unit = unit
  }

  /// A line for the names of the columns, and one per unit.
  var lines: [String] { TextTable(rows: [header] + results.map(row), leftColumns: 1).lines }

  private var header: [String] {
    [
      "unit", "hidden", "layers", "parameters", "nats/\(unit.short.dropLast())",
      unit == .word ? "perplexity" : "bits/\(unit.short.dropLast())", "steps", "steps/s",
      "\(unit.short)/s", "workspace", "time", "",
    ]
  }

  private func row(_ result: ComparedResult) -> [String] {
    let compared = result.compared
    let loss = result.best?.loss
    let measure = loss.map { unit == .word ? exp($0).short : ($0 / log(2)).fixed(3) }
    return [
      compared.unit.description, compared.model.hidden.grouped, compared.model.layers.grouped,
      compared.parameters.grouped, loss?.fixed(4) ?? "-", measure ?? "-", result.steps.grouped,
      result.stepsPerSecond.short, result.tokensPerSecond.short,
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
  func json(unit: Vocabulary.Unit) -> JSONValue {
    [
      "unit": .string(compared.unit.description), "hidden": .integer(compared.model.hidden),
      "layers": .integer(compared.model.layers), "parameters": .integer(compared.parameters),
      "validation_loss": .number(orNull: best?.loss),
      "measure": .string("nats per \(unit.singular)"),
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
