internal import ArgumentParser
internal import Foundation
internal import Refrain
internal import RefrainText

/// `refrain evaluate`.
struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures how well a model predicts a text, beside an n-gram model and gzip.",
    discussion: """
      Without INPUT, on the validation part of the text that the model was trained with.

        refrain evaluate poems-run
        refrain evaluate poems-run another.txt --json
      """)

  @Argument(help: "A run folder (its best model) or a model file.")
  var model: String

  @Argument(
    help: ArgumentHelp("Files or folders of text; - is standard input.", valueName: "input"))
  var inputs: [String] = []

  @OptionGroup var weights: WeightsOption

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Prints one JSON object instead of a table.")
  var json = false

  func run() async throws {
    let path = try RunFolder.model(at: model)
    let file = try ModelFile(contentsOf: path)
    let evaluator = try TextEvaluator(
      file, path: path, weights: weights.weights, threads: threads.count)
    let folder = RunFolder.containing(model: path)?.path
    let evaluation: TextEvaluation
    var report: CorpusReport?
    if inputs.isEmpty {
      evaluation = try evaluator.evaluateValidation(folder: folder)
    } else {
      let result = try evaluator.evaluate(inputs, folder: folder)
      (evaluation, report) = (result.0, result.1)
    }
    for note in report?.readingNotes ?? [] { try Terminal.error.line("refrain: " + note) }
    if json { return try Terminal.output.json(Self.json(evaluation)) }
    try Terminal.output.write(
      ComparisonTable(
        evaluation, unit: evaluator.unit, model: path, isValidationPart: inputs.isEmpty
      ).text)
  }

  private static func json(_ evaluation: TextEvaluation) -> JSONValue {
    func value(_ baseline: TextEvaluation.Baseline) -> JSONValue {
      [
        "nats_per_token": .number(baseline.natsPerToken),
        "bits_per_character": .number(baseline.bitsPerCharacter),
      ]
    }
    var members: [(key: String, value: JSONValue)] = [
      ("tokens", .integer(evaluation.tokens)),
      ("nats_per_token", .number(evaluation.natsPerToken)),
      ("bits_per_character", .number(evaluation.bitsPerCharacter)),
      ("perplexity", .number(evaluation.perplexity)),
      (
        "baselines",
        evaluation.baselines.map { ["ngram": value($0.ngram), "gzip": value($0.gzip)] } ?? .null
      ),
    ]
    if let note = evaluation.note { members.append(("note", .string(note))) }
    return .object(members)
  }
}
