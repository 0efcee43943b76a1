import ArgumentParser
import Foundation
import Refrain
import RefrainRuns

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Continues a training exactly where it stopped.",
    usage: "refrain resume <run> [<options>]",
    discussion: """
      --epochs, --steps and --minutes replace the limits of the run. All other settings stay as they \
      were; with --allow-config-change, the options below change some of them. Options that are left out \
      keep their value: the defaults below are those of a new run. The data and the network never change.

        refrain resume poems-run
        refrain resume poems-run --epochs 100
        refrain resume poems-run --allow-config-change --learning-rate 0.0005
        refrain resume poems-run --moved /media/old/poems=/home/me/poems
      """)

  @Argument(help: ArgumentHelp("A run folder that “refrain train” has created.", valueName: "run"))
  var path: String

  @Flag(
    help:
      "Permits options that change the training, which then no longer repeats the one that was begun."
  )
  var allowConfigChange = false

  @Option(
    name: .customLong("moved"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The new place of an input file or folder that has moved; may be repeated.",
      valueName: "old=new"))
  var moves: [String] = []

  @Flag(help: "Prints one JSON object per line instead of text.")
  var json = false

  @OptionGroup
  var given: ResumeOptions

  func run() async throws {
    let options = try given.asTrainOptions
    try options.check()
    let moved = try parsedMoves()
    let stopped = try StoppedTraining(at: path)
    let material = Register.material(of: stopped.model.file)
    try options.checkMeaning(for: material, "\(path) learns \(material.plural)")
    let changes = try ResumeChanges(options, of: stopped.checkpoint.configuration, run: path)
    if !changes.isEmpty && !allowConfigChange { throw changes.refusal }
    let interruption = Interruption()
    // The last model is whole at every moment.
    interruption.endAtOnce {}
    try await goOn(material, moved, options, changes, interruption)
  }

  private func goOn<M: CommandMaterial>(
    _: M.Type, _ moved: [String: String], _ options: TrainOptions, _ changes: ResumeChanges,
    _ interruption: Interruption
  ) async throws {
    var options = options
    let repeating = try options.limits.decidePlan()
    let run = try Run<M>(
      resuming: path, limits: options.limits.given, repeating: repeating, moved: moved,
      threads: options.threads.count, sampleEvery: options.reports.sampleEvery,
      keep: options.reports.keep
    ) { $0 = changes.configuration }
    if let end = run.trainer.endBeforeStep { return try isOver(run, end) }
    try keepConfiguration(of: run.folder, options, changes)
    try await TrainingSession(
      run: run, reporter: reporter(json: json), interruption: interruption
    ).train()
  }

  private func parsedMoves() throws -> [String: String] {
    var moved: [String: String] = [:]
    for move in moves {
      let parts = move.split(separator: "=", maxSplits: 1).map { String($0).absolutePath }
      guard parts.count == 2, !move.hasPrefix("=") else {
        throw UsageError("--moved must be OLD=NEW, such as /old/poems=/new/poems, not \(move).")
      }
      moved[parts[0]] = parts[1]
    }
    return moved
  }

  /// Says that there is nothing to do.
  private func isOver<M: CommandMaterial>(_ run: Run<M>, _ end: TrainingEnd) throws {
    let step = run.trainer.progress.step
    if json {
      let reporter = TrainingJSON<M>()
      try reporter.begin(run)
      try reporter.show(.training(.end(end)), of: run)
    } else {
      try Terminal.output.line(
        "\(path) is finished at step \(step.grouped): \(end.explanation.inCommand) "
          + "To train longer: \(run.commandForMore(after: end))"
      )
    }
  }

  /// Keeps `config.json` in step, where there is one that can be understood.
  ///
  /// - Throws: ``FileError``.
  private func keepConfiguration(
    of folder: RunFolder, _ options: TrainOptions, _ changes: ResumeChanges
  ) throws {
    let path = folder.configuration
    guard FileManager.default.fileExists(atPath: path) else { return }
    let stored = try ByteFile(path)
    let data = Data(try stored.read(at: 0, count: stored.size))
    guard var file = try? ConfigurationFile(data, path: path) else { return }
    if !changes.isEmpty {
      // What follows from the model file alone is complete; these two are not in it.
      var names = ResumeChanges.changeable
      if options.reports.sampleEvery == nil { names.remove("sample-every") }
      if options.reports.keep == nil { names.remove("keep") }
      file.take(names, of: changes.options)
    }
    // Minutes come on top of what has been trained already: they do not replace what was asked for.
    if options.limits.given != nil && options.limits.minutes == nil {
      file.take(ConfigurationFile.limits, of: options)
    }
    try file.write()
  }
}
