import ArgumentParser

/// Everything that decides what a training does: the options of `train`, as the command line or a
/// configuration file gives them.
struct TrainOptions: ParsableArguments {
  @OptionGroup(title: "Text")
  var text: TextOptions
  @OptionGroup(title: "Network")
  var model: ModelOptions
  @OptionGroup(title: "Optimisation")
  var optimizer: OptimizerOptions
  @OptionGroup(title: "When to stop (whichever comes first)")
  var limits: LimitOptions
  @OptionGroup(title: "Evaluating and saving")
  var reports: ReportOptions
  @OptionGroup(title: "Running")
  var threads: ThreadsOption
}

/// The options of `resume`: the same ones. Those that can never change are refused with a sentence
/// and do not stand in the help.
struct ResumeOptions: ParsableArguments {
  @OptionGroup(visibility: .hidden)
  var text: TextOptions
  @OptionGroup(visibility: .hidden)
  var model: ModelOptions
  @OptionGroup(title: "More of it (replaces the run's own limits)")
  var limits: LimitOptions
  @OptionGroup(title: "With --allow-config-change (what is left out stays as it was)")
  var optimizer: OptimizerOptions
  @OptionGroup(title: "With --allow-config-change")
  var reports: ReportOptions
  @OptionGroup(title: "Running")
  var threads: ThreadsOption

  /// As options of `train`.
  var asTrainOptions: TrainOptions {
    get throws {
      var options = try TrainOptions.parse([])
      options.text = text
      options.model = model
      options.limits = limits
      options.optimizer = optimizer
      options.reports = reports
      options.threads = threads
      return options
    }
  }
}

/// One option by its long name, to be read, written and listed.
struct TrainOption: Sendable {
  /// Without the dashes: `learning-rate`.
  let name: String
  /// Its value in a configuration file; nil where it was not given.
  let value: @Sendable (TrainOptions) -> ConfigurationValue?
  /// Sets it from a configuration file; false where the value is of another kind.
  let set: @Sendable (inout TrainOptions, ConfigurationValue) -> Bool
  /// What it must be, for the sentence about a value of another kind.
  let kind: String

  private typealias Path<Value> = any WritableKeyPath<TrainOptions, Value?> & Sendable

  private init(_ name: String, _ path: Path<Int>) {
    self.name = name
    kind = "a whole number"
    value = { $0[keyPath: path].map { .integer($0) } }
    set = { options, value in
      guard case .integer(let number) = value else { return false }
      options[keyPath: path] = number
      return true
    }
  }

  private init(_ name: String, _ path: Path<Double>) {
    self.name = name
    kind = "a number"
    value = { $0[keyPath: path].map { .number($0) } }
    set = { options, value in
      guard let number = value.double else { return false }
      options[keyPath: path] = number
      return true
    }
  }

  private init(_ name: String, text path: Path<String>) {
    self.name = name
    kind = "a text"
    // A share is a number, also in the file.
    value = { $0[keyPath: path].map { text in Double(text).map { .number($0) } ?? .string(text) } }
    set = { options, value in
      guard let text = value.text else { return false }
      options[keyPath: path] = text
      return true
    }
  }

  private init<Name: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, _ path: Path<Name>
  ) {
    self.name = name
    kind = "one of " + Name.allCases.map(\.rawValue).joined(separator: ", ")
    value = { $0[keyPath: path].map { .string($0.rawValue) } }
    set = { options, value in
      guard case .string(let text) = value, let value = Name(rawValue: text) else { return false }
      options[keyPath: path] = value
      return true
    }
  }

  /// All of them, in the order of the help.
  static let all: [TrainOption] = [
    .init("tokens", \.text.tokens),
    .init("vocabulary-size", \.text.vocabularySize),
    .init("minimum-count", \.text.minimumCount),
    .init("validation", text: \.text.validation),
    .init("cell", \.model.cell),
    .init("hidden", \.model.hidden),
    .init("layers", \.model.layers),
    .init("embedding", \.model.embedding),
    .init("dropout", \.model.dropout),
    .init("start-from", text: \.model.startFrom),
    .init("sequence-length", \.optimizer.sequenceLength),
    .init("batch-size", \.optimizer.batchSize),
    .init("optimizer", \.optimizer.optimizer),
    .init("learning-rate", \.optimizer.learningRate),
    .init("weight-decay", \.optimizer.weightDecay),
    .init("momentum", \.optimizer.momentum),
    .init("schedule", \.optimizer.schedule),
    .init("warmup", \.optimizer.warmup),
    .init("clip", \.optimizer.clip),
    .init("seed", \.optimizer.seed),
    .init("epochs", \.limits.epochs),
    .init("steps", \.limits.steps),
    .init("minutes", \.limits.minutes),
    .init("evaluate-every", \.reports.evaluateEvery),
    .init("save-every", \.reports.saveEvery),
    .init("sample-every", \.reports.sampleEvery),
    .init("patience", \.reports.patience),
    .init("keep", \.reports.keep),
    .init("threads", \.threads.given),
  ]
}
