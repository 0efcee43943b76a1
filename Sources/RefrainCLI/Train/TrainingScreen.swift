import Foundation
import Refrain
import RefrainText

/// A training for people: a report, a table with a line per evaluation, and a progress line.
final class TrainingScreen: TrainingReporter {
  private let terminal = Terminal.output
  private let progress = ProgressLine(.output)
  private var advice = TrainingAdvice()
  private var hasHeader = false
  private var speed = MeanSpeed()
  private var unit = Vocabulary.Unit.character
  private var hasValidation = true
  private var lastStep: StepReport?

  // MARK: - Before

  func begin(_ run: TextRun) throws {
    let report = run.corpus.report
    let network = run.trainer.network
    unit = report.unit
    speed.step = run.trainer.progress.step
    hasValidation = run.tokens.validation > 0
    if run.trainer.progress.step > 0 { return try beginAgain(run) }
    try section("Text", report.lines(parameters: network.parameterCount) + [split(run)])
    try section(
      "Model", try network.description.summary().split(separator: "\n").map { String($0) })
    let configuration = run.trainer.configuration
    try section(
      "Training",
      [
        "\(configuration.batchSize.of("sequence")) side by side, "
          + "\(configuration.sequenceLength.of("step")) at a time, "
          + "\(configuration.optimizer.inWords), learning rate \(configuration.learningRate).",
        "The run is \(run.folder.path).",
      ] + run.notes)
  }

  private func beginAgain(_ run: TextRun) throws {
    let standing = run.trainer.progress
    var lines = ["\(run.folder.path) goes on after step \(standing.step.grouped)."]
    if let best = standing.bestLoss, let step = standing.bestStep {
      lines.append("Its best loss so far: \(measures(best)) at step \(step.grouped).")
    }
    try section("Run", lines + run.notes)
  }

  private func section(_ title: String, _ lines: [String]) throws {
    for (index, text) in lines.flatMap({ $0.wrapped(to: textWidth) }).enumerated() {
      let name = index == 0 ? title : ""
      try terminal.line(terminal.styled(name, .bold) + indent.dropFirst(name.count) + text)
    }
    try terminal.line()
  }

  /// In front of the lines below a title.
  private let indent = "          "

  /// Where nobody looks, a sentence stays on its line.
  private var textWidth: Int {
    terminal.isTerminal ? max(terminal.width - indent.count - 1, 40) : Int.max
  }

  private func split(_ run: TextRun) -> String {
    if !hasValidation { return "All of it is learned; there is none to validate on." }
    return "\(run.tokens.training.grouped) \(unit.plural) to learn from, "
      + "\(run.tokens.validation.grouped) to validate on."
  }

  // MARK: - During

  func show(_ event: TextRun.Event, of run: TextRun) throws {
    switch event {
    case .sample(_, let text): try show(sample: text)
    case .training(.step(let report)):
      lastStep = report
      let configuration = run.trainer.configuration
      speed.add(report, tokensOfStep: configuration.batchSize * configuration.sequenceLength)
      try progress.show(line(for: report, validation: run.trainer.progress.validationLoss))
    case .training(.evaluation(let report)): try show(report)
    case .training(.checkpoint): break
    case .training(.end(.diverged)): try progress.clear()
    case .training(.end(let end)): try finish(run, end)
    }
  }

  private func line(for report: StepReport, validation: Double?) -> String {
    var parts = ["step \(report.step.grouped)"]
    if let done = report.fractionDone { parts[0] += " (\(Int(done * 100))%)" }
    parts.append("epoch \(report.epoch.fixed(2))")
    parts.append("loss \(report.loss.fixed(4))")
    if hasValidation, let validation { parts.append("validation \(validation.fixed(4))") }
    parts.append("\(report.tokensPerSecond.short) \(unit.plural)/s")
    if let left = report.secondsLeft { parts.append("\(left.asDuration) left") }
    return parts.joined(separator: "  ")
  }

  private func show(_ report: EvaluationReport) throws {
    if !hasHeader {
      hasHeader = true
      try progress.line(
        terminal.styled(
          LossTable.header(unit: unit, hasValidation: hasValidation), .faint))
    }
    let row = LossTable.row(
      report, unit: unit, hasValidation: hasValidation, speed: speed.take())
    try progress.line(report.isBest ? row + terminal.styled("  best", .green) : row)
    guard hasValidation, let training = report.trainingLoss else { return }
    if let sentence = advice.add(training: training, validation: report.loss) {
      for (index, text) in sentence.wrapped(to: textWidth).enumerated() {
        try progress.line(terminal.styled((index == 0 ? "Advice    " : indent) + text, .yellow))
      }
    }
  }

  /// Lines of a sample that are shown; the whole of it is in the run folder.
  private static let sampleLines = 4

  private func show(sample text: String) throws {
    let lines = text.split(whereSeparator: \.isNewline).prefix(Self.sampleLines)
    for line in lines {
      let visible = String(String.UnicodeScalarView(line.unicodeScalars.map(\.visible)))
      try progress.line(terminal.styled(indent + "| " + visible.prefix(76), .faint))
    }
  }

  // MARK: - After

  private func finish(_ run: TextRun, _ end: TrainingEnd) throws {
    try progress.clear()
    let standing = run.trainer.progress
    let time = lastStep.map { " It took \($0.seconds.asDuration)." } ?? ""
    var lines = ["\(end.explanation)\(time)"]
    if let best = standing.bestLoss, let step = standing.bestStep {
      lines.append(
        "The best \(hasValidation ? "validation" : "training") loss is \(measures(best)), at step "
          + "\(step.grouped) of \(standing.step.grouped).")
    }
    if hasValidation, let sentence = advice.atTheEnd { lines.append(sentence) }
    if end == .finished && run.hasFewSteps {
      lines.append("\(standing.step.of("step")) are few: most texts need thousands.")
    }
    lines.append("Next: \(try run.commandToGenerate())")
    lines.append("Give it more: \(run.commandForMore(after: end))")
    try terminal.line()
    try section("Done", lines)
  }

  func interrupted(_ run: TextRun) throws {
    try progress.clear()
    try terminal.line()
    try section(
      "Stopped",
      [
        "The model of step \(run.trainer.progress.step.grouped) is saved.",
        "Go on: refrain resume \(run.folder.path.quotedForShell)",
      ])
  }

  /// The loss in every measure that has a meaning for these tokens.
  private func measures(_ loss: Double) -> String {
    let nats = "\(loss.fixed(4)) nats per \(unit.singular)"
    switch unit {
    case .character: return nats + " (\((loss / log(2)).fixed(2)) bits per character)"
    case .byte: return nats + " (\((loss / log(2)).fixed(2)) bits per byte)"
    case .word: return nats + " (perplexity \(exp(loss).short))"
    }
  }
}
