import Foundation
import Refrain
import RefrainTools

/// A comparison for people: a progress line, a line per unit, and a table at the end.
final class ComparisonScreen {
  private let terminal = Terminal.output
  private let progress = ProgressLine(.output)
  private let comparison: UnitComparison
  private let words: ComparisonWords

  init(_ comparison: UnitComparison, _ words: ComparisonWords) {
    self.comparison = comparison
    self.words = words
  }

  /// What will be compared.
  func begin() throws {
    try terminal.line(words.amounts)
    try terminal.line(
      "\(comparison.units.count.of("network")) of about \(comparison.parameters.grouped) parameters, "
        + "each for \(limits).")
    for remark in comparison.remarks { try terminal.line(remark.inCommand) }
    try terminal.line()
  }

  private var limits: String {
    let limits = comparison.task.limits
    let parts = [
      limits.steps.map { $0.of("step") }, limits.minutes.map { ($0 * 60).asDuration },
    ]
    return parts.compactMap { $0 }.joined(separator: " or ")
  }

  /// What has happened.
  func show(_ event: UnitComparison.Event) throws {
    switch event {
    case .begin(let unit): try progress.show("\(place(of: unit))  begins")
    case .training(.step(let report)): try progress.show(line(for: report))
    case .training: break
    case .end(let result): try progress.line(sentence(of: result))
    }
  }

  private func place(of compared: ComparedUnit) -> String {
    "\(compared.unit) (\(comparison.results.count) of \(comparison.units.count))"
  }

  private func line(for report: StepReport) -> String {
    guard let result = comparison.results.last else { return "" }
    var parts = [place(of: result.compared), "step \(report.step.grouped)"]
    if let done = report.fractionDone { parts[1] += " (\(Int(done * 100))%)" }
    parts.append("loss \(report.loss.fixed(4))")
    if let last = result.evaluations.last { parts.append("validation \(last.loss.fixed(4))") }
    parts.append("\(report.tokensPerSecond.short) \(words.elements)/s")
    if let left = report.secondsLeft { parts.append("\(left.asDuration) left") }
    return parts.joined(separator: "  ")
  }

  private func sentence(of result: ComparedResult) -> String {
    let name = result.compared.unit.description
    if case .diverged(_, let step) = result.end {
      return "\(name): diverged at step \(step.grouped); a lower --learning-rate may help."
    }
    guard let best = result.best else { return "\(name): nothing was evaluated." }
    return "\(name): \(best.loss.fixed(4)) \(words.measure) at step \(best.step.grouped) "
      + "of \(result.steps.grouped), in \(result.seconds.asDuration)."
  }

  /// The table of what is done.
  ///
  /// - Parameter picture: where it is; nil: there is none.
  func finish(picture: String?) throws {
    try progress.clear()
    try terminal.line()
    guard let picture else {
      return try terminal.line("Nothing has been evaluated yet, so there is nothing to compare.")
    }
    for line in UnitTable(comparison.results, words).lines { try terminal.line(line) }
    try terminal.line()
    try terminal.line(
      "Lowest validation loss first. Workspace: memory needed for training besides the weights.")
    try terminal.line("\(picture) shows the losses over time.")
  }
}
