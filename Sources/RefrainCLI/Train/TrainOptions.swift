import ArgumentParser

/// Everything that decides what a training does: the options of `train`, as the command line or a
/// configuration file gives them.
struct TrainOptions: ParsableArguments {
  @OptionGroup(title: "The run")
  var recipe: RecipeOptions
  @OptionGroup(title: "Data")
  var data: DataOptions
  @OptionGroup(title: "Text")
  var text: TextTrainOptions
  @OptionGroup(title: "Music")
  var music: MusicTrainOptions
  @OptionGroup(title: "Notes")
  var notes: NotesTrainOptions
  @OptionGroup(title: "Tables")
  var table: TableTrainOptions
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
  var data: DataOptions
  @OptionGroup(visibility: .hidden)
  var text: TextTrainOptions
  @OptionGroup(visibility: .hidden)
  var music: MusicTrainOptions
  @OptionGroup(visibility: .hidden)
  var notes: NotesTrainOptions
  @OptionGroup(visibility: .hidden)
  var table: TableTrainOptions
  @OptionGroup(visibility: .hidden)
  var model: ModelOptions
  @OptionGroup(title: "New limits (replace those of the run)")
  var limits: LimitOptions
  @OptionGroup(title: "Optimisation (needs --allow-config-change)")
  var optimizer: OptimizerOptions
  @OptionGroup(title: "Evaluating and saving (needs --allow-config-change)")
  var reports: ReportOptions
  @OptionGroup(title: "Running")
  var threads: ThreadsOption

  /// As options of `train`.
  var asTrainOptions: TrainOptions {
    get throws {
      var options = try TrainOptions.parse([])
      options.data = data
      (options.text, options.music, options.notes, options.table) = (text, music, notes, table)
      options.model = model
      options.limits = limits
      options.optimizer = optimizer
      options.reports = reports
      options.threads = threads
      return options
    }
  }
}
