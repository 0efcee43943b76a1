internal import Refrain
internal import RefrainNotes
internal import RefrainRuns

/// How well a model of notes predicts some pieces.
struct NotesMeasurement {
  private let path: String
  /// Which pieces these are: `the test part of chorales.json`.
  private let what: String
  private let pieces: Int
  private let evaluation: NotesEvaluation
  /// Files that could not be read.
  let remarks: [String]

  /// - Parameter inputs: files of notes, of a collection the test part; none: the run's own validation part.
  /// - Throws: ``Failure`` where there is nothing to predict, and what reading the notes throws.
  init(
    _ model: TrainedModel, inputs: [String], weights: WeightFormat, threads: Int
  ) throws {
    let information = try model.record(of: NotesMaterial.self)
    let rolls: [PianoRoll]
    if inputs.isEmpty {
      let corpus = try NotesCorpus(reopening: information)
      rolls = corpus.validation
      if rolls.isEmpty { throw NotesTrainingError.noValidation(path: model.path) }
      what = "the run's own validation part"
      remarks = []
    } else {
      let corpus = try NotesCorpus(
        InputListing(notes: inputs), stepsPerQuarter: information.stepsPerQuarter,
        validationFraction: 0)
      rolls = corpus.isCollection ? corpus.test : corpus.training
      what = (corpus.isCollection ? "the test part of " : "") + inputs.joined(separator: ", ")
      remarks = corpus.skipped
    }
    guard !rolls.isEmpty else {
      throw Failure(
        "\(what) contains no piece of two or more time steps: there is nothing to predict.")
    }
    evaluation = try NotesEvaluator(
      model.network, statistics: information.statistics, weights: weights, threads: threads
    ).evaluate(rolls)
    pieces = rolls.count
    path = model.path
  }

  var json: JSONValue {
    [
      "pieces": .integer(pieces), "moments": .integer(evaluation.timeSteps),
      "nats_per_moment": .number(evaluation.loss), "accuracy": .number(evaluation.accuracy),
      "baselines": [
        "holding": .number(evaluation.lossOfHolding),
        "frequencies": .number(evaluation.lossOfFrequencies),
      ],
    ]
  }

  /// For people.
  var text: String {
    let rows = [
      ["", "nats per time step"], ["this model", evaluation.loss.fixed(4)],
      ["each key stays as it is as often as usual", evaluation.lossOfHolding.fixed(4)],
      ["each key is down as often as usual", evaluation.lossOfFrequencies.fixed(4)],
    ]
    return """
      \(path) on \(what), \(pieces.of("piece")), \(evaluation.timeSteps.of("time step")) predicted:

      \(TextTable(rows: rows, leftColumns: 1).lines.joined(separator: "\n"))

      Accuracy: \(evaluation.accuracy.percent) of the keys that are down, or predicted to be down, are both.

      """
  }
}
