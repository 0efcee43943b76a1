import Refrain
import RefrainRuns

/// A training for people: a report, a table with a line per evaluation, and a progress line.
final class TrainingScreen<M: CommandMaterial>: TrainingReporter {
  private let terminal = Terminal.output
  private let progress = ProgressLine(.output)
  private var table: LossTable<M>?
  private var hasHeader = false
  private var speed = MeanSpeed()
  private var advice: TrainingAdvice?
  private var lastStep: StepReport?
  private var load = MachineLoad(threads: 1)
  /// An evaluation whose row waits for what the model makes after the same step.
  private var waiting: EvaluationReport?
  private var lastSample: (sample: M.Sample, step: Int)?

  // MARK: - Before

  func begin(_ run: Run<M>) throws {
    table = LossTable(run)
    load = MachineLoad(threads: run.trainer.threads)
    advice =
      run.hasValidation
      ? TrainingAdvice(learning: M.name, output: run.trainer.network.description.output) : nil
    speed.step = run.trainer.progress.step
    if run.trainer.progress.step > 0 { return try beginAgain(run) }
    try section(run.material.words.title, run.material.lines(of: run))
    try section(
      "Model",
      try run.trainer.network.description.summary().split(separator: "\n").map { String($0) })
    let configuration = run.trainer.configuration
    try section(
      "Training",
      [
        "\(run.batchInWords), \(configuration.optimizer.inWords), learning rate "
          + "\(configuration.learningRate).",
        "The run is \(run.folder.path).",
      ] + run.remarks)
  }

  private func beginAgain(_ run: Run<M>) throws {
    let standing = run.trainer.progress
    var lines = ["\(run.folder.path) continues after step \(standing.step.grouped)."]
    if let best = standing.bestLoss, let step = standing.bestStep {
      lines.append("Its best loss so far: \(run.measures(best)) at step \(step.grouped).")
    }
    try section("Run", lines + run.remarks)
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

  // MARK: - During

  func show(_ event: Run<M>.Event, of run: Run<M>) throws {
    if case .sample(let sample, let step) = event {
      lastSample = (sample, step)
      try showWaiting()
      for text in M.lines(of: sample) {
        for line in text.wrapped(to: textWidth) { try progress.line(styled(indent + line, .faint)) }
      }
      return
    }
    try showWaiting()
    guard case .training(let event) = event else { return }
    switch event {
    case .step(let report):
      lastStep = report
      let configuration = run.trainer.configuration
      speed.add(report, unitsOfStep: configuration.batchSize * configuration.sequenceLength)
      try tellDelay(report)
      try progress.show(line(for: report, run))
    case .evaluation(let report): waiting = report
    case .checkpoint: break
    case .end(.diverged): try progress.clear()
    case .end(let end): try finish(run, end)
    }
  }

  /// Seconds in which nothing ran that are worth a word.
  private static var longStandstill: Double { 5 }

  /// Says what slows the training down.
  private func tellDelay(_ report: StepReport) throws {
    if report.standstill >= Self.longStandstill {
      try progress.line(
        styled(
          "Nothing ran for \(report.standstill.asDuration), as while a computer sleeps; this counts as time of the training.",
          .yellow))
    }
    if load.isHeavy() {
      try progress.line(
        styled(
          "Other programs keep this computer busy: the training gets less than half of the time that it "
            + "asks for.", .yellow))
    }
  }

  private func line(for report: StepReport, _ run: Run<M>) -> String {
    var parts = ["step \(report.step.grouped)"]
    if let done = report.fractionDone { parts[0] += " (\(Int(done * 100))%)" }
    parts.append("epoch \(report.epoch.fixed(2))")
    parts.append("loss \(report.loss.fixed(4))")
    if run.hasValidation, let validation = run.trainer.progress.validationLoss {
      parts.append("validation \(validation.fixed(4))")
    }
    parts.append("\(report.tokensPerSecond.short) \(run.material.words.elements)/s")
    if let left = report.secondsLeft { parts.append("\(left.asDuration) left") }
    return parts.joined(separator: "  ")
  }

  /// Writes the row of the last evaluation, if it has not been yet, and what it says.
  private func showWaiting() throws {
    guard let report = waiting, let table else { return }
    waiting = nil
    if !hasHeader {
      hasHeader = true
      try progress.line(styled(table.header, .faint))
    }
    let sample = lastSample?.step == report.step ? lastSample?.sample : nil
    let row = table.row(report, sample, speed: speed.take())
    try progress.line(report.isBest ? row + styled("  best", .green) : row)
    guard let training = report.trainingLoss,
      let sentence = advice?.add(training: training, validation: report.loss)?.inCommand
    else { return }
    for (index, text) in sentence.wrapped(to: textWidth).enumerated() {
      try progress.line(styled((index == 0 ? "Advice    " : indent) + text, .yellow))
    }
  }

  private func styled(_ text: String, _ style: Terminal.Style) -> String {
    terminal.styled(text, style)
  }

  // MARK: - After

  private func finish(_ run: Run<M>, _ end: TrainingEnd) throws {
    try progress.clear()
    let standing = run.trainer.progress
    let time = lastStep.map { " It took \($0.seconds.asDuration)." } ?? ""
    var lines = ["\(end.explanation.inCommand)\(time)"]
    if let best = standing.bestLoss, let step = standing.bestStep {
      lines.append(
        "The best \(run.hasValidation ? "validation" : "training") loss is \(run.measures(best)), at "
          + "step \(step.grouped) of \(standing.step.grouped).")
    }
    lines += try M.closing(run)
    if let sentence = advice?.atTheEnd?.inCommand { lines.append(sentence) }
    if end == .finished && run.hasFewSteps {
      lines.append("\(standing.step.of("step")) are few: \(run.material.words.fewSteps.usual).")
    }
    lines.append("Next: \(try M.commandToGenerate(run))")
    lines.append("To train longer: \(run.commandForMore(after: end))")
    try terminal.line()
    try section("Done", lines)
  }

  func interrupted(_ run: Run<M>) throws {
    try showWaiting()
    try progress.clear()
    try terminal.line()
    try section(
      "Stopped",
      [
        "The model of step \(run.trainer.progress.step.grouped) is saved.",
        "To continue: refrain resume \(run.folder.path.quotedForShell)",
      ])
  }
}
