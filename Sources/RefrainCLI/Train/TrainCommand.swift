import ArgumentParser
import Foundation
import Refrain
import RefrainRuns

struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains a new model on text, music, notes or a table.",
    usage: "refrain train <input> ... --to <run> [<options>]",
    discussion: """
      The training prints its progress and puts its models into the run folder. Ctrl-C saves the model \
      and stops; “refrain resume” continues.

        refrain train poems/ --to poems-run --preset good
        refrain train novel.txt --to novel-run --hidden 256 --minutes 30
        zcat news.gz | refrain train - --to news-run --tokens word
        refrain train recordings/ --to music-run --minutes 10
        refrain train chorales.json --to notes-run --transpose 6
        refrain train speakers.csv --to speakers-run --target-column speaker

      Text, music and notes are recognised by how the files begin. Notes are MIDI files, one piece each, \
      or a JSON object with lists of pieces named “train”, “valid” and “test”. A table (.csv, .tsv or \
      .jsonl) needs --target-column, which names the column to predict. Where the default of an option \
      depends on the material, the first default is that of text.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files or folders of text, sound or MIDI, a JSON collection of pieces, or one table. Text may also "
        + "be compressed (.gz) or come from standard input (-).",
      valueName: "input"))
  var inputs: [String] = []

  @OptionGroup(title: "The run")
  var place: RunOptions

  @OptionGroup
  var options: TrainOptions

  func run() async throws {
    var options = options
    let file = try place.configurationFile.map { try ConfigurationFile(contentsOf: $0) }
    let inputs = inputs.isEmpty ? file?.inputs ?? [] : inputs
    guard !inputs.isEmpty else {
      throw UsageError(
        "Name what to train on: files or folders of text, sound or MIDI, a table, or - for text on "
          + "standard input."
      )
    }
    try file?.fill(tableOf: &options)
    let material = try Register.material(of: inputs, options)
    try options.fillPreset(for: material)
    try file?.fill(&options)
    // The file may name one, too; what else it says goes before that.
    try options.fillPreset(for: material)
    try options.checkMeaning(for: material, "\(inputs[0]) \(material.predicate)")
    guard let to = place.to, !to.isEmpty else {
      throw UsageError("Name the folder to create for the run: --to RUN.")
    }
    try await train(material, options, inputs, to)
  }

  private func train<M: CommandMaterial>(
    _: M.Type, _ given: TrainOptions, _ inputs: [String], _ to: String
  ) async throws {
    var options = given
    let request = try M.request(&options, inputs: inputs)
    // Only a folder that is made here is removed again.
    if FileManager.default.fileExists(atPath: to) { throw RunFolderError.exists(path: to) }
    let interruption = Interruption()
    interruption.endAtOnce { RunFolder(to).remove() }
    let begin = { try Run<M>(request, to: to) }
    let run = try place.json ? begin() : reading(M.name, begin)
    do {
      try ConfigurationFile(
        options, inputs: inputs.map(\.absolutePath), path: run.folder.configuration
      ).write()
      try await TrainingSession(
        run: run, reporter: reporter(json: place.json), interruption: interruption
      ).train()
    } catch {
      // Before its first model there is nothing in the folder that could be used.
      if !FileManager.default.fileExists(atPath: run.folder.last) { run.folder.remove() }
      throw error
    }
  }
}

/// Does what reads the `material`, and says so on a terminal: a large one takes a while.
func reading<Result>(_ material: String, _ body: () throws -> Result) throws -> Result {
  let progress = ProgressLine(.output)
  if Terminal.output.isTerminal { try progress.show("Reading the \(material)…") }
  defer { try? progress.clear() }
  return try body()
}

/// Where a run goes and how it is told.
struct RunOptions: ParsableArguments {
  @Option(
    name: .customLong("to"), parsing: .unconditional,
    help: ArgumentHelp(
      "The folder to create for the run; it must not exist yet.", valueName: "run"))
  var to: String?

  @Option(
    name: .customLong("config"), parsing: .unconditional,
    help: ArgumentHelp(
      "Reads options from this JSON file, such as the config.json of a run; its keys are the long names "
        + "of options. Options on the command line take precedence.",
      valueName: "file"))
  var configurationFile: String?

  @Flag(help: "Prints one JSON object per line instead of text.")
  var json = false
}
