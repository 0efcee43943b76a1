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
    abstract: "Predicts the target column of new table rows.",
    discussion: """
      INPUT is a table (.csv, .tsv or .jsonl) with the columns that the model reads, or plain text with one \
      row per line. For each row, one line is printed with the answer and its probability. --json prints \
      all alternatives of a row with their probabilities.

      Some models predict sequences whose length differs from that of the input. They search for the most \
      likely answer (--beam), or draw a random one if an option of “Sampling” is given.

        refrain predict speakers-run new.csv
        echo "To be, or not to be" | refrain predict speakers-run -
        refrain predict sounds-run words.txt --beam 5 --json
        echo HAMLET | refrain predict voices-run - --temperature 0.8
      """)

  @Argument(help: "A run folder, of which the best model is used, or a model file.")
  var model: String

  @Argument(help: "A table, or text with one row per line; - for text on standard input.")
  var input: String

  @Option("n", "With --json: number of labels to print for each row, 1 or more (default: 5).")
  var best: Int?

  @Option(
    "n",
    "Sequences of another length: number of candidates that the beam search keeps, 1 to 100 (default: "
      + "5).")
  var beam: Int?

  @Option(
    "n",
    "Sequences of another length: greatest length of an answer in tokens (default: that of the "
      + "training).")
  var length: Int?

  @OptionGroup(title: "Sampling (sequences of another length)")
  var sampling: SamplingOptions

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Prints one JSON object per row instead of text.")
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
        "--beam and \(drawn) exclude each other: beam search uses no random numbers; leave out one of the two."
      )
    }
  }

  func run() async throws {
    let trained = try TrainedModel(model)
    let material = Register.material(of: trained.file)
    guard material == TableMaterial.self else {
      throw Failure(
        "\(model) is a model of \(material.plural), not of a table: use refrain generate, or name a model "
          + "of a table.")
    }
    let predictor = try TablePredictor(trained, threads: threads.count)
    if !predictor.hasDecoder, let name = decoderOption {
      throw UsageError(
        "\(name) is for models that predict sequences of another length, and \(model) gives one answer "
          + "per step; leave it out.")
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
