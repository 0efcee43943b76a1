import ArgumentParser
import Foundation
import Refrain
import RefrainText

struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains a new model on text.",
    usage: "refrain train <input> ... --to <run> [<options>]",
    discussion: """
      A training is told on standard output, with a progress line if that is a terminal. Ctrl-C \
      saves the model and stops; “refrain resume” goes on.

        refrain train poems/ --to poems-run --preset good
        refrain train novel.txt --to novel-run --hidden 256 --minutes 30
        zcat news.gz | refrain train - --to news-run --tokens word
      """)

  @Argument(
    help: ArgumentHelp(
      "Files, folders, .gz files, or - for standard input.", valueName: "input"))
  var inputs: [String] = []

  @OptionGroup(title: "The run")
  var place: RunOptions

  @OptionGroup
  var options: TrainOptions

  func run() async throws {
    var options = options
    var inputs = inputs
    if let preset = place.preset { try options.fill(preset) }
    if let configurationFile = place.configurationFile {
      let file = try ConfigurationFile(contentsOf: configurationFile)
      try file.fill(&options)
      if inputs.isEmpty { inputs = file.inputs }
    }
    guard !inputs.isEmpty else {
      throw UsageError("Name the text to learn: files, folders, or - for standard input.")
    }
    guard let to = place.to, !to.isEmpty else {
      throw UsageError("Say which folder to make for the run: --to RUN.")
    }
    let request = try options.request(inputs: inputs)
    // Only a folder that is made here is removed again.
    if FileManager.default.fileExists(atPath: to) { throw RunFolderError.exists(path: to) }
    let interruption = Interruption()
    interruption.endAtOnce { RunFolder(to).remove() }
    let run = try place.json ? TextRun(request, to: to) : reading { try TextRun(request, to: to) }
    let session = TrainingSession(
      run: run, reporter: reporter(json: place.json), interruption: interruption)
    do {
      try ConfigurationFile(
        options, inputs: inputs.map(\.absolutePath), path: run.folder.configuration
      ).write()
      try session.reporter.begin(run)
      try await session.train()
    } catch {
      // Before its first model there is nothing in the folder that could be used.
      if !FileManager.default.fileExists(atPath: run.folder.last) { run.folder.remove() }
      throw error
    }
  }
}

/// Does what reads the text, and says so on a terminal: a large text takes a while.
func reading<Result>(_ body: () throws -> Result) throws -> Result {
  let progress = ProgressLine(.output)
  if Terminal.output.isTerminal { try progress.show("Reading the text…") }
  defer { try? progress.clear() }
  return try body()
}

/// Who tells about a training: for people or for programs.
func reporter(json: Bool) -> any TrainingReporter {
  json ? TrainingJSON() : TrainingScreen()
}

/// Where a run goes and how it is told.
struct RunOptions: ParsableArguments {
  @Option(
    name: .customLong("to"), parsing: .unconditional,
    help: ArgumentHelp("The folder to make for the run.", valueName: "run"))
  var to: String?

  @Option(
    name: .customLong("config"), parsing: .unconditional,
    help: ArgumentHelp(
      "A JSON object with long option names as keys, such as a run's config.json; options given "
        + "here win.",
      valueName: "file"))
  var configurationFile: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A whole recipe, found by trying many, so that nothing else needs to be chosen: quick takes "
        + "half a minute, good three minutes, best ten. Options given here win over it, and it "
        + "wins over --config.",
      valueName: "recipe"))
  var preset: TextTrainingPreset?

  @Flag(help: "Print one JSON object per line instead.")
  var json = false
}
