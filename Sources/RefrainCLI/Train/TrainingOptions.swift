import ArgumentParser

/// How the network is trained.
struct OptimizerOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps through time that a gradient reaches back (default: 50; music and notes: 64).",
      valueName: "n"))
  var sequenceLength: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Sequences trained side by side (default: 50; music: 16; notes: 8; tables: 32).",
      valueName: "n"))
  var batchSize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How gradients become weights (default: adam).",
      valueName: "method"))
  var optimizer: OptimizerName?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The highest learning rate, above 0 (default: 0.002; notes: 0.01).",
      valueName: "rate"))
  var learningRate: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "adamw, rmsprop, sgd: how strongly weights shrink (default: 0.01 for adamw, "
        + "otherwise 0).",
      valueName: "rate"))
  var weightDecay: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "sgd: share of the last step that goes on, 0 to less than 1 (default: 0.9).",
      valueName: "share"))
  var momentum: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The learning rate over time: cosine falls to 5% at the end; step is halved "
        + "every 5 evaluations; plateau is halved after 3 without a better loss (default:"
        + " constant; music and notes: cosine).",
      valueName: "shape"))
  var schedule: ScheduleName?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps in which the learning rate grows from 0 (default: 0; music and notes: 50).",
      valueName: "steps"))
  var warmup: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The largest norm of all gradients together; 0: any (default: 5; music, notes, tables: 1).",
      valueName: "norm"))
  var clip: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Seed of every random number, 0 or more (default: 1).",
      valueName: "n"))
  var seed: Int?
}

/// When the training ends.
struct LimitOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Times to read all of it (default: 50, unless --steps or --minutes are given; notes: none; "
        + "tables: 30).",
      valueName: "n"))
  var epochs: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Training steps, counted from the very first (default: none; notes: 4000).",
      valueName: "n"))
  var steps: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Minutes of the clock, such as 0.5; a resumed run counts anew.",
      valueName: "minutes"))
  var minutes: Double?
}

/// What happens along the way.
struct ReportOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps between two evaluations (default: 1000; music: 100; notes: 250; tables: an epoch).",
      valueName: "steps"))
  var evaluateEvery: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps between two saves, besides one at each evaluation and each minute; 0: "
        + "none (default: 0).",
      valueName: "steps"))
  var saveEvery: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Steps between two texts, sounds or pieces that the model makes; 0: one at each evaluation (default: 0).",
      valueName: "steps"))
  var sampleEvery: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop after this many evaluations without a better loss; 0: never (default: 0).",
      valueName: "n"))
  var patience: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Models of the last evaluations to keep besides the best and the last (default: 0).",
      valueName: "n"))
  var keep: Int?
}
