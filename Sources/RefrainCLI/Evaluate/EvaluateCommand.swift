internal import ArgumentParser
internal import Foundation
internal import Refrain
internal import RefrainRuns

/// `refrain evaluate`.
struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract:
      "Measures how well a model predicts text, music or notes, beside what needs no network, or how well "
      + "it answers rows.",
    discussion: """
      Without INPUT, on the validation part of what the model was trained with. A model of text stands \
      beside an n-gram model and gzip, one of music beside copying the last frame and the mean one, one of \
      notes beside how often each key follows itself. Of a collection of pieces it is the test part. \
      A model of a table is measured by what suits its scheme, on the rows kept to test on, or to validate on.

        refrain evaluate poems-run
        refrain evaluate poems-run another.txt --json
        refrain evaluate music-run another.flac
        refrain evaluate notes-run chorales.json
        refrain evaluate speakers-run more.csv
      """)

  @Argument(help: "A run folder (its best model) or a model file.")
  var model: String

  @Argument(
    help: ArgumentHelp(
      "Files or folders of text, or of sound for a model of music, or of MIDI (or a collection of "
        + "pieces) for one of notes; - is text on standard input.",
      valueName: "input"))
  var inputs: [String] = []

  @Option(
    "n",
    "Of a model of a table that says sequences: how many beginnings are followed side by "
      + "side, from 1 (default: 5).")
  var beam: Int?

  @OptionGroup var weights: WeightsOption

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Prints one JSON object instead of a table.")
  var json = false

  func run() async throws {
    let path = try RunFolder.model(at: model)
    let file = try ModelFile(contentsOf: path)
    let material = Register.material(of: file)
    try refuseOptions(of: material)
    let measured = try reading(material.name) {
      try material.evaluate(self, file, path: path)
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
