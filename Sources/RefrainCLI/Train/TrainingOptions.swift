import ArgumentParser

/// How the network is trained.
struct OptimizerOptions: ParsableArguments {
  @Option(
    "n",
    "Time steps per training sequence, over which gradients flow back (default: 50; music and notes: "
      + "64).")
  var sequenceLength: Int?

  @Option(
    "n",
    "Sequences (tables: rows) in each training step (default: 50; music: 16; notes: 8; tables: 32)."
  )
  var batchSize: Int?

  @Option("method", "Method that updates the weights from the gradients (default: adam).")
  var optimizer: OptimizerName?

  @Option("rate", "Highest learning rate, greater than 0 (default: 0.002; notes: 0.01).")
  var learningRate: Double?

  @Option(
    "rate",
    "For adamw, rmsprop and sgd: weight decay (default: 0.01 for adamw, otherwise 0).")
  var weightDecay: Double?

  @Option("share", "For sgd: momentum, 0 to less than 1 (default: 0.9).")
  var momentum: Double?

  @Option(
    "shape",
    "How the learning rate changes over time: cosine lowers it to 5% at the end; step halves it every "
      + "5 evaluations; plateau halves it after 3 evaluations without a lower loss (default: "
      + "constant; music and notes: cosine).")
  var schedule: ScheduleName?

  @Option(
    "steps", "Steps in which the learning rate rises from 0 (default: 0; music and notes: 50).")
  var warmup: Int?

  @Option(
    "norm",
    "Largest norm of the gradient of all parameters together; 0: no limit (default: 5; music, notes, "
      + "tables: 1).")
  var clip: Double?

  @Option("n", "Seed of all random numbers, 0 or more (default: 1).")
  var seed: Int?
}

/// When the training ends.
struct LimitOptions: ParsableArguments {
  @Option(
    "n",
    "Passes over the training data (default: 50, unless --steps or --minutes is given; notes: no "
      + "limit; tables: 30).")
  var epochs: Int?

  @Option("n", "Training steps, including those before a resume (default: no limit; notes: 4000).")
  var steps: Int?

  @Option(
    "minutes", "Minutes of training, such as 0.5; resume counts them anew (default: no limit).")
  var minutes: Double?

  @Option(
    "run",
    "Repeats the steps that this run, trained by --minutes, came to, instead of looking at the clock: "
      + "the same data and options then give the same model, bit for bit.")
  var plan: String?
}

/// What happens along the way.
struct ReportOptions: ParsableArguments {
  @Option(
    "steps",
    "Steps between two evaluations (default: 1000; music: 100; notes: 250; tables: one epoch).")
  var evaluateEvery: Int?

  @Option(
    "steps",
    "Steps between two additional saves; the model is also saved at each evaluation and every minute; "
      + "0: no additional ones (default: 0).")
  var saveEvery: Int?

  @Option(
    "steps",
    "Steps between two samples, which are texts, sounds, pieces or answers of the model; 0: one at each "
      + "evaluation (default: 0).")
  var sampleEvery: Int?

  @Option("n", "Stops after this many evaluations without a lower loss; 0: never (default: 0).")
  var patience: Int?

  @Option(
    "n",
    "Number of models of the latest evaluations to keep, besides the best and the last (default: 0)."
  )
  var keep: Int?
}
