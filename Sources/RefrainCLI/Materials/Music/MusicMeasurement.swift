internal import Refrain
internal import RefrainRuns
internal import RefrainMusic

/// How well a model of music predicts some music.
struct MusicMeasurement {
  private let path: String
  private let isValidationPart: Bool
  private let evaluation: MusicEvaluation
  private let loss: Double
  private let lossInWords: String
  private let seconds: Double
  /// What was odd or skipped in files that were named.
  let remarks: [String]

  /// - Parameter inputs: sound files and folders; none: the run's own validation part.
  /// - Throws: ``Failure`` where there is nothing to predict, and what reading the music throws.
  init(
    _ model: TrainedModel, inputs: [String], weights: WeightFormat, threads: Int
  ) throws {
    let information = try model.record(of: MusicMaterial.self)
    let corpus: MusicCorpus
    let part: CorpusSlice
    if inputs.isEmpty {
      corpus = try MusicCorpus(reopening: information)
      guard
        let validation = corpus.split(validationFraction: information.validationFraction).validation
      else {
        throw Failure("\(model.path) has no validation part: name sound files to evaluate it on.")
      }
      part = validation
    } else {
      corpus = try MusicCorpus(
        InputListing(sounds: inputs), settings: information.settings, scale: information.scale)
      part = CorpusSlice(corpus.frames, range: 0..<corpus.frames.count)
    }
    let network = model.network
    evaluation = MusicEvaluator(
      network, scale: information.scale, window: information.window, weights: weights,
      threads: threads
    ).evaluate(corpus, frames: part.range)
    guard evaluation.frames > 0 else {
      throw Failure(
        "No recording is longer than a second, which is too short to predict anything: name longer ones."
      )
    }
    let steps = network.description.predictsOnlyLast ? information.window : nil
    loss = try Evaluator(network, steps: steps, weights: weights, threads: threads)
      .evaluate(part).loss
    path = model.path
    isValidationPart = inputs.isEmpty
    lossInWords = network.description.lossInWords
    seconds = Double(part.count) / information.settings.frameRate
    remarks = inputs.isEmpty ? [] : Array(corpus.report.lines.dropFirst())
  }

  var json: JSONValue {
    .object(
      (evaluation.jsonMembers + [("loss", .number(loss))]).map { (key: $0.0, value: $0.1) })
  }

  /// For people.
  var text: String {
    let what = isValidationPart ? " of the run's own validation part" : ""
    let rows = [
      ["", "error"], ["this model", evaluation.error.asError],
      ["copying the last frame", evaluation.copyError.asError],
      ["the mean frame", evaluation.meanError.asError],
    ]
    let gain =
      evaluation.gain > 0
      ? "The model's error is \(evaluation.gain.percent) lower than that of copying the last frame."
      : "The model is no better than copying the last frame: it has to be trained longer."
    return """
      \(path) on \(evaluation.frames.of("frame")) in \(seconds.asDuration)\(what):

      \(TextTable(rows: rows, leftColumns: 1).lines.joined(separator: "\n"))

      \(gain)
      The error is the mean squared error of the next frame, in normalised logarithms of magnitudes.
      The loss is \(loss.fixed(4)) \(lossInWords).

      """
  }
}
