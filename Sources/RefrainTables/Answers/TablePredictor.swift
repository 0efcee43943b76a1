public import Refrain
internal import RefrainRuns

/// Answers rows of a table with a trained model: their targets need not be there.
///
/// ```swift
/// let predictor = try TablePredictor(TrainedModel("speakers-run"))
/// let answers = try predictor.answers(to: try TableFile.read("new.csv"))
/// print(answers[0].text)
/// ```
public final class TablePredictor {
  /// What the model has learned.
  public let task: TableTask

  let predictor: Predictor

  /// - Parameter network: one that ``TableTask/fits(_:)`` is true of.
  init(_ network: Network, task: TableTask, threads: Int) {
    self.task = task
    predictor = Predictor(network, threads: threads)
  }

  /// What the model answers to each row.
  ///
  /// - Parameters:
  ///   - values: for each row, what it has in each column of ``TableTask/inputs``.
  ///   - best: how many labels are told for a row.
  ///   - beam: how many sequences a decoder follows side by side, and tells; with 1 it predicts the likeliest
  ///     token every time.
  /// - Throws: as ``answers(to:best:beam:longest:)``; rows are counted from 1 as lines.
  public func answers(
    to values: [[Table.Value]], best: Int = 5, beam: Int = 1
  ) throws -> [TableAnswer] {
    if values.isEmpty { return [] }
    return try answers(
      to: Table(columns: task.inputs, rows: values, path: "the input"), best: best, beam: beam)
  }

  /// What the model answers to each row of a table that has the columns that it reads.
  ///
  /// A class or symbol that it does not know is an error, unless rare symbols were read as unknown ones while
  /// training. Characters that it does not know are replaced or left out, words are unknown ones. What is
  /// predicted in step has an answer for each character that is left.
  ///
  /// - Parameters:
  ///   - table: the rows.
  ///   - best: how many labels are told for a row.
  ///   - beam: how many sequences a decoder follows side by side, and tells; with 1 it predicts the likeliest
  ///     token every time.
  ///   - longest: tokens after which a decoder's answer is given up; nil: as many as it has learned from.
  /// - Throws: ``TableError`` where a column is missing or a value of another kind; ``TableTaskError`` where a
  ///   row has nothing to read, or something unknown.
  public func answers(
    to table: Table, best: Int = 5, beam: Int = 1, longest: Int? = nil
  ) throws -> [TableAnswer] {
    let frames = task.input.frameTable()
    let inputs = try task.inputs(of: table, frames: frames)
    if task.scheme.hasDecoder {
      return predictor.sequences(
        answering: inputs, frames: frames, longest: longest ?? task.longestTarget, beam: beam
      ).map(answer(of:))
    }
    return predictor.outputs(of: inputs, frames: frames).map { answer($0, best: best) }
  }

  /// What the model answers to each row of a table, drawn token by token: for what has many right answers, as a
  /// text in somebody's voice. Only where ``hasDecoder``.
  ///
  /// - Parameters:
  ///   - table: the rows.
  ///   - longest: tokens after which an answer is given up.
  ///   - sampler: how a token is drawn.
  ///   - seed: what the drawing depends on, besides the row's place.
  /// - Throws: as ``answers(to:best:beam:longest:)``.
  public func answers(
    to table: Table, longest: Int, drawnBy sampler: Sampler, seed: UInt64
  ) throws -> [TableAnswer] {
    let frames = task.input.frameTable()
    let inputs = try task.inputs(of: table, frames: frames)
    return predictor.sequences(
      drawnFor: inputs, frames: frames, longest: longest, by: sampler, seed: seed
    ).map { answer(of: [$0]) }
  }

  /// Whether answers are sequences that a decoder predicts.
  public var hasDecoder: Bool { task.scheme.hasDecoder }

  private func answer(of sequences: [PredictedSequence]) -> TableAnswer {
    let predictions = sequences.map {
      TableAnswer.Prediction(
        text: task.target.text(of: $0.tokens), logProbability: $0.logProbability,
        hasEnded: $0.hasEnded)
    }
    return TableAnswer(text: predictions.first?.text ?? "", value: .sequences(predictions))
  }

  private func answer(_ steps: [[Float]], best: Int) -> TableAnswer {
    switch task.target {
    case .numbers(let scale), .sequence(let scale):
      let numbers = steps.map(scale.original)
      return TableAnswer(text: RowValue.written(numbers), value: .numbers(numbers))
    case .label:
      let choices = Array(choices(steps[0]).prefix(max(best, 1)))
      return TableAnswer(text: choices[0].name, value: .label(choices))
    case .labels:
      let choices = choices(steps[0])
      let predicted = choices.prefix { $0.probability >= 0.5 }
      return TableAnswer(
        text: predicted.map(\.name).joined(separator: " "), value: .labels(choices))
    case .text, .symbols:
      let tokens = steps.map { Int32($0.mostProbable) }
      let choices = zip(tokens, steps).map { token, step in
        TableAnswer.Choice(
          name: task.target.name(of: Int(token)), probability: Double(step[Int(token)]))
      }
      return TableAnswer(text: task.target.text(of: tokens), value: .steps(choices))
    }
  }

  /// All labels, the most probable first.
  private func choices(_ probabilities: [Float]) -> [TableAnswer.Choice] {
    probabilities.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }.map {
      TableAnswer.Choice(
        name: task.target.name(of: $0), probability: Double(probabilities[$0]))
    }
  }
}

extension [Float] {
  /// The index of the greatest, the first of several.
  var mostProbable: Int {
    var place = 0
    for index in indices where self[index] > self[place] { place = index }
    return place
  }
}
