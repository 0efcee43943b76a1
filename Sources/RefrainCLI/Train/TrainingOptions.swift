import ArgumentParser

/// How the network is trained.
struct OptimizerOptions: ParsableArguments {
  @Option(
    "n", "Steps through time that a gradient reaches back (default: 50; music and notes: 64).")
  var sequenceLength: Int?

  @Option("n", "Sequences trained side by side (default: 50; music: 16; notes: 8; tables: 32).")
  var batchSize: Int?

  @Option("method", "How gradients become weights (default: adam).")
  var optimizer: OptimizerName?

  @Option("rate", "The highest learning rate, above 0 (default: 0.002; notes: 0.01).")
  var learningRate: Double?

  @Option(
    "rate",
    "adamw, rmsprop, sgd: how strongly weights shrink (default: 0.01 for adamw, otherwise "
      + "0).")
  var weightDecay: Double?

  @Option("share", "sgd: share of the last step that goes on, 0 to less than 1 (default: 0.9).")
  var momentum: Double?

  @Option(
    "shape",
    "The learning rate over time: cosine falls to 5% at the end; step is halved every 5 "
      + "evaluations; plateau is halved after 3 without a better loss (default: constant; music "
      + "and notes: cosine).")
  var schedule: ScheduleName?

  @Option(
    "steps", "Steps in which the learning rate grows from 0 (default: 0; music and notes: 50).")
  var warmup: Int?

  @Option(
    "norm",
    "The largest norm of all gradients together; 0: any (default: 5; music, notes, "
      + "tables: 1).")
  var clip: Double?

  @Option("n", "Seed of every random number, 0 or more (default: 1).")
  var seed: Int?
}

/// When the training ends.
struct LimitOptions: ParsableArguments {
  @Option(
    "n",
    "Times to read all of it (default: 50, unless --steps or --minutes are given; notes: "
      + "none; tables: 30).")
  var epochs: Int?

  @Option("n", "Training steps, counted from the very first (default: none; notes: 4000).")
  var steps: Int?

  @Option("minutes", "Minutes of the clock, such as 0.5; a resumed run counts anew.")
  var minutes: Double?
}

/// What happens along the way.
struct ReportOptions: ParsableArguments {
  @Option(
    "steps",
    "Steps between two evaluations (default: 1000; music: 100; notes: 250; tables: an "
      + "epoch).")
  var evaluateEvery: Int?

  @Option(
    "steps",
    "Steps between two saves, besides one at each evaluation and each minute; 0: none "
      + "(default: 0).")
  var saveEvery: Int?

  @Option(
    "steps",
    "Steps between two texts, sounds or pieces that the model makes; 0: one at each "
      + "evaluation (default: 0).")
  var sampleEvery: Int?

  @Option("n", "Stop after this many evaluations without a better loss; 0: never (default: 0).")
  var patience: Int?

  @Option("n", "Models of the last evaluations to keep besides the best and the last (default: 0).")
  var keep: Int?
}
