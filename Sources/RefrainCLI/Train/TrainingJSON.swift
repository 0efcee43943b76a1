import Refrain
import RefrainRuns

/// A training as one JSON object per line on standard output.
///
/// `corpus` and `model` come first; every other line has the same fields, with `null` for what is
/// not known yet, and what belongs to its event behind them.
final class TrainingJSON<M: CommandMaterial>: TrainingReporter {
  private let terminal = Terminal.output
  private var step = 0
  private var epoch: Double?
  private var loss: Double?
  private var validation: Double?
  private var speed: Double?
  private var speedName = ""
  private var rate: Double?
  private var seconds = 0.0

  func begin(_ run: Run<M>) throws {
    let network = run.trainer.network
    step = run.trainer.progress.step
    epoch = step == 0 ? 0 : nil
    validation = run.trainer.progress.validationLoss
    speedName = run.material.words.speed
    try line([("event", "corpus")] + run.material.json(of: run))
    try terminal.json([
      "event": "model", "layers": .string(network.description.layersInWords),
      "parameters": .integer(network.parameterCount), "run": .string(run.folder.path),
      "kernels": .string(KernelChoice.best.rawValue),
      "notes": .array(run.remarks.map { .string($0) }),
    ])
  }

  func show(_ event: Run<M>.Event, of run: Run<M>) throws {
    switch event {
    case .sample(let sample, _):
      let json = M.json(of: sample)
      try write(json.event, json.members)
    case .training(.step(let report)):
      step = report.step
      epoch = report.epoch
      loss = report.loss
      speed = report.tokensPerSecond
      rate = report.learningRate
      seconds = report.seconds
      try write("step", [("seconds_left", .number(orNull: report.secondsLeft))])
    case .training(.evaluation(let report)):
      step = report.step
      epoch = report.epoch
      loss = report.trainingLoss ?? loss
      validation = report.loss
      seconds = report.seconds
      try write("evaluation", [("best", .bool(report.isBest))])
    case .training(.checkpoint): try write("checkpoint", [("model", .string(run.folder.last))])
    case .training(.end(let end)):
      try write("end", ending(run, reason: end.name, end.explanation.inCommand))
    }
  }

  func interrupted(_ run: Run<M>) throws {
    try write(
      "end", ending(run, reason: "interrupted", "The training was stopped and its model saved."))
  }

  private func write(_ event: String, _ more: [(String, JSONValue)]) throws {
    let common: [(String, JSONValue)] = [
      ("event", .string(event)), ("step", .integer(step)), ("epoch", .number(orNull: epoch)),
      ("loss", .number(orNull: loss)), ("validation_loss", .number(orNull: validation)),
      (speedName, .number(orNull: speed)), ("learning_rate", .number(orNull: rate)),
      ("seconds", .number(seconds)),
    ]
    try line(common + more)
  }

  private func line(_ members: [(String, JSONValue)]) throws {
    try terminal.json(.object(members.map { (key: $0.0, value: $0.1) }))
  }

  private func ending(
    _ run: Run<M>, reason: String, _ explanation: String
  ) -> [(String, JSONValue)] {
    let progress = run.trainer.progress
    return [
      ("reason", .string(reason)), ("explanation", .string(explanation)),
      ("best_step", .integer(orNull: progress.bestStep)),
      ("best_validation_loss", .number(orNull: progress.bestLoss)),
    ]
  }
}

extension TrainingEnd {
  /// One word for programs.
  var name: String {
    switch self {
    case .finished: "finished"
    case .timeIsUp: "time"
    case .noImprovement: "no-improvement"
    case .diverged: "diverged"
    }
  }
}
