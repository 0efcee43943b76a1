import ArgumentParser
import Refrain

/// What the options of `resume` change about a training.
struct ResumeChanges {
  /// The training as it would go on.
  let configuration: TrainingConfiguration
  /// The same as options: what was not given is filled in from the old training.
  let options: TrainOptions
  private let differences: [String]
  private let run: String

  /// - Throws: ``UsageError`` for what can never change, and for options that mean nothing together.
  init(_ options: TrainOptions, of old: TrainingConfiguration, run: String) throws {
    self.run = run
    try Self.refuseFixed(options, run: run)
    var changed = options
    configuration = try changed.configuration(changing: old)
    self.options = changed
    var before = try TrainOptions.none
    _ = try before.configuration(changing: old)
    differences = TrainOption.all.compactMap { option in
      guard Self.changeable.contains(option.name), let new = option.value(options) else {
        return nil
      }
      let was = option.value(before)
      if was == new { return nil }
      let begin = was.map { "--\(option.name) is \($0.json.text) and" } ?? "--\(option.name)"
      return "\(begin) would become \(new.json.text)"
    }
  }

  /// Whether the training goes on as it was.
  var isEmpty: Bool { differences.isEmpty }

  /// Why it does not go on.
  var refusal: UsageError {
    UsageError(
      "\(run) was begun with other settings: \(differences.joined(separator: "; ")). Leave that out to "
        + "continue exactly as before, or add --allow-config-change.")
  }

  /// Options that neither are limits nor belong to what is learned or to the network.
  static let changeable: Set<String> = [
    "sequence-length", "batch-size", "optimizer", "learning-rate", "weight-decay", "momentum",
    "schedule", "warmup", "clip", "seed", "evaluate-every", "save-every", "sample-every",
    "patience", "keep",
  ]
  private static let limits = ConfigurationFile.limits.union(["threads"])

  /// What a model to start from decides: with other values, a new training cannot begin with it.
  private static let decidedByStart: Set<String> = [
    "tokens", "sample-rate", "stereo", "window", "hop", "grid", "cell", "hidden", "layers",
    "embedding", "batch-norm", "components",
  ]

  private static func refuseFixed(_ options: TrainOptions, run: String) throws {
    for option in TrainOption.all where !changeable.contains(option.name) {
      if limits.contains(option.name) || option.value(options) == nil { continue }
      let start =
        decidedByStart.contains(option.name) ? "" : "--start-from \(run.quotedForShell) "
      throw UsageError(
        "--\(option.name) cannot change when a training is resumed; begin a new one with refrain "
          + "train … \(start)--to ANOTHER.")
    }
  }
}

extension TrainOptions {
  /// No option at all.
  fileprivate static var none: TrainOptions {
    get throws { try TrainOptions.parse([]) }
  }
}
