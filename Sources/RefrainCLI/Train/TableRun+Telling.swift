import Foundation
import Refrain
import RefrainTables

/// How a training on a table is told.
extension TableRun: TrainingRun {
  static func told(by event: Event) -> Told<[TableSample]> {
    switch event {
    case .training(let event): .training(event)
    case .sample(let step, let rows): .made(rows, step: step)
    }
  }

  var words: MaterialWords {
    MaterialWords(
      title: "Table", unit: "step", shortUnits: "steps", speed: "steps_per_second",
      fewSteps: (200, "most tables need some hundreds"))
  }

  var batchInWords: String { "\(trainer.configuration.batchSize.of("row")) at a time" }

  var hasValidation: Bool { rows.validation > 0 }

  var materialLines: [String] {
    [
      "\(rows.training.of("row")) to learn from"
        + (hasValidation ? ", \(rows.validation.of("row")) to validate on" : "")
        + (data.split.test.isEmpty ? "." : ", \(data.split.test.count.of("row")) kept to test on.")
    ]
  }

  func measures(_ loss: Double) -> String { data.task.measures(loss) }

  var advice: TrainingAdvice {
    TrainingAdvice(learning: "table", output: trainer.network.description.output)
  }

  var columns: [(name: String, width: Int)] { [("right", 8)] }

  func cells(_ report: EvaluationReport, _ made: [TableSample]?) -> [String] {
    guard let made, !data.task.saysNumbers else { return ["-"] }
    return ["\(made.count { $0.answer.text == $0.target }) of \(made.count)"]
  }

  /// Rows of a sample that are shown; all of them are in the run folder.
  private static let shownRows = 3

  static func lines(of samples: [TableSample]) -> [String] {
    samples.prefix(shownRows).map {
      "| " + $0.input.onOneLine(28) + "  →  " + $0.answer.text.onOneLine(28)
        + ($0.answer.text == $0.target ? "" : "  (right: " + $0.target.onOneLine(28) + ")")
    }
  }

  func closing() -> [String] { [] }

  func commandToGenerate() -> String {
    let table = data.table.path.quotedForShell
    return data.split.test.isEmpty && rows.validation == 0
      ? "refrain predict \(folder.path.quotedForShell) \(table)"
      : "refrain evaluate \(folder.path.quotedForShell)"
  }

  var materialJSON: [(String, JSONValue)] {
    [
      ("scheme", .string(data.task.scheme.rawValue)), ("task", .string(data.task.inWords)),
      ("training_rows", .integer(rows.training)), ("validation_rows", .integer(rows.validation)),
      ("test_rows", .integer(data.split.test.count)),
    ]
  }

  static func json(of samples: [TableSample]) -> (event: String, members: [(String, JSONValue)]) {
    (
      "sample",
      [
        (
          "rows",
          .array(
            samples.map {
              [
                "read": .string($0.input), "right": .string($0.target),
                "said": .string($0.answer.text),
              ]
            })
        )
      ]
    )
  }
}

extension TableTask {
  /// Whether numbers are said.
  var saysNumbers: Bool { target.kind == .numbers || target.kind == .sequence }

  /// A loss with what it is measured in.
  func measures(_ loss: Double) -> String {
    switch target.kind {
    case .numbers, .sequence:
      "\(loss.fixed(4)) of the variance (\(loss.squareRoot().fixed(3)) deviations)"
    case .label: "\(loss.fixed(4)) nats per row"
    case .labels: "\(loss.fixed(4)) nats for a row's labels"
    case .character, .word, .byte, .symbols:
      "\(loss.fixed(4)) nats per token (perplexity \(exp(loss).short))"
    }
  }
}

extension String {
  /// Its first line, cut after `most` characters.
  func onOneLine(_ most: Int) -> String {
    let visible = String(String.UnicodeScalarView(unicodeScalars.map(\.visible)))
    return visible.count > most ? visible.prefix(most - 1) + "…" : visible
  }
}
