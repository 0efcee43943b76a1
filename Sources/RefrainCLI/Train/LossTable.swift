import Refrain
import RefrainRuns

/// Units per second between two evaluations.
struct MeanSpeed {
  /// The last step of the last report.
  var step = 0
  private var units = 0.0
  private var seconds = 0.0

  /// Takes in a report.
  mutating func add(_ report: StepReport, unitsOfStep count: Int) {
    let trained = Double((report.step - step) * count)
    step = report.step
    units += trained
    if report.tokensPerSecond > 0 { seconds += trained / report.tokensPerSecond }
  }

  /// The mean since it was last taken.
  mutating func take() -> Double {
    defer { (units, seconds) = (0, 0) }
    return seconds > 0 ? units / seconds : 0
  }
}

/// The evaluations of a training as a table, line by line.
struct LossTable<M: CommandMaterial> {
  private let run: Run<M>
  private let widths: [Int]

  init(_ run: Run<M>) {
    self.run = run
    widths = [10, 8, 10, 12] + run.material.columns.map(\.width) + [10, 13]
  }

  /// The names of the columns.
  var header: String {
    line(
      ["step", "epoch", "training", run.hasValidation ? "validation" : "-"]
        + run.material.columns.map(\.name) + ["\(run.material.words.shortElements)/s", "time"])
  }

  /// One evaluation.
  ///
  /// - Parameter sample: what the model made after the same step.
  func row(_ report: EvaluationReport, _ sample: M.Sample?, speed: Double) -> String {
    line(
      [
        report.step.grouped, report.epoch.fixed(2), report.trainingLoss?.fixed(4) ?? "-",
        run.hasValidation ? report.loss.fixed(4) : "-",
      ] + run.material.cells(report, sample) + [speed.short, report.seconds.asDuration])
  }

  private func line(_ cells: [String]) -> String {
    zip(cells, widths).map { $0.rightAligned($1) }.joined()
  }
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
