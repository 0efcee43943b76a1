internal import ArgumentParser
internal import Foundation
internal import Refrain
internal import RefrainRuns

/// `refrain evaluate`.
struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract:
      "Measures how well a model predicts data, compared with simple baselines.",
    discussion: """
      Without INPUT, the model is measured on the validation part of its training data; a model of a \
      table on its test rows, if there are any. The baselines are, for text, an n-gram model and gzip; for \
      music, repeating the last frame and the mean frame; for notes, how often each key is down and how \
      often it stays as it is. For tables, the measures suit the scheme: for example accuracy and a \
      confusion matrix, or the error and R².

        refrain evaluate poems-run
        refrain evaluate poems-run another.txt --json
        refrain evaluate music-run another.flac
        refrain evaluate notes-run chorales.json
        refrain evaluate speakers-run more.csv
      """)

  @Argument(help: "A run folder, of which the best model is used, or a model file.")
  var model: String

  @Argument(
    help: ArgumentHelp(
      "Data to measure on. Text: files, folders, or - for standard input. Music: sound files or folders. "
        + "Notes: MIDI files, folders, or a JSON collection, of which the test part is used. Table: one "
        + "file.",
      valueName: "input"))
  var inputs: [String] = []

  @Option(
    "n",
    "Tables with sequences of another length as output: number of candidates that the beam search "
      + "keeps, 1 or more (default: 5).")
  var beam: Int?

  @OptionGroup var weights: WeightsOption

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Prints one JSON object instead of a table.")
  var json = false

  func run() async throws {
    let trained = try TrainedModel(model)
    let material = Register.material(of: trained.file)
    try refuseOptions(of: material)
    let measured = try reading(material.name) {
      try material.evaluate(self, trained)
    }
    for remark in measured.remarks { try Terminal.error.line("refrain: " + remark) }
    if json { return try Terminal.output.json(measured.json) }
    try Terminal.output.write(measured.text)
  }

  private func refuseOptions(of material: any CommandMaterial.Type) throws {
    let given = [(beam != nil, "--beam"), (weights.weights != .f32, "--weights")]
    let unsuitable = given.first { $0.0 && !material.evaluateOptions.contains($0.1) }
    guard let name = unsuitable?.1 else { return }
    let others = Register.materials.filter { $0.evaluateOptions.contains(name) }.map { $0.plural }
    throw UsageError("\(name) is for models of \(others.listed); leave it out.")
  }
}
