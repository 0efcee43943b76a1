internal import ArgumentParser
internal import Foundation
internal import Refrain
internal import RefrainRuns
internal import RefrainTables
internal import RefrainText

/// `refrain predict`.
struct PredictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Says what a model of a table answers to new rows.",
    discussion: """
      INPUT is a table with the columns that the model reads (.csv, .tsv, .jsonl), or text with one row per \
      line; - is standard input. For each row a line is written with the answer and its probability; \
      --json writes all that the model says of a row.

        refrain predict speakers-run new.csv
        echo "To be, or not to be" | refrain predict speakers-run -
        refrain predict sounds-run words.txt --beam 5 --json
        echo HAMLET | refrain predict voices-run - --temperature 0.8
      """)

  @Argument(help: "A run folder (its best model) or a model file.")
  var model: String

  @Argument(help: "A table, or text with one row per line; - is standard input.")
  var input: String

  @Option("n", "With --json: how many labels are told for a row, 1 or more (default: 5).")
  var best: Int?

  @Option(
    "n", "Of a decoder: how many beginnings are followed side by side, 1 to 100 (default: 5).")
  var beam: Int?

  @Option("n", "Of a decoder: tokens after which an answer is given up (default: as in training).")
  var length: Int?

  @OptionGroup(title: "Drawing answers of a decoder, instead of the likeliest ones")
  var sampling: SamplingOptions

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Prints one JSON object per row instead.")
  var json = false

  func validate() throws {
    if let best, best < 1 { throw ValidationError("--best must be 1 or more, not \(best).") }
    if let beam, !(1...100).contains(beam) {
      throw ValidationError("--beam must be between 1 and 100, not \(beam).")
    }
    if let length, length < 1 {
      throw ValidationError("--length must be 1 or more, not \(length).")
    }
    if let drawn = sampling.given, beam != nil {
      throw ValidationError(
        "--beam and \(drawn) do not go together: a beam draws nothing; leave out one of the two.")
    }
  }

  func run() async throws {
    let trained = try TrainedModel(model)
    let material = Register.material(of: trained.file)
    guard material == TableMaterial.self else {
      throw Failure(
        "\(model) is a model of \(material.plural), which answers no rows: use refrain generate, or a "
          + "model of a table.")
    }
    let predictor = try TablePredictor(trained, threads: threads.count)
    if !predictor.hasDecoder, let name = decoderOption {
      throw UsageError(
        "\(name) is for models that say sequences, and \(model) gives one answer per step; leave it "
          + "out.")
    }
    let rows = try AnswerRows(input, of: predictor.task)
    let answers = try answers(predictor, rows.table)
    if !json { try Terminal.output.line(AnswerLine.header(predictor.task)) }
    for (index, answer) in answers.enumerated() {
      let line = AnswerLine(answer, row: rows.table.lines[index])
      try Terminal.output.line(json ? line.json.text : line.text)
    }
  }

  private var decoderOption: String? {
    beam != nil ? "--beam" : length != nil ? "--length" : sampling.given
  }

  private func answers(_ predictor: TablePredictor, _ table: Table) throws -> [TableAnswer] {
    guard sampling.given != nil else {
      return try predictor.answers(to: table, best: best ?? 5, beam: beam ?? 5, longest: length)
    }
    return try predictor.answers(
      to: table, longest: length ?? predictor.task.longestTarget,
      drawnBy: try sampling.sampler(), seed: sampling.seed ?? SamplingOptions.defaultSeed)
  }
}
