internal import Refrain
public import RefrainRuns

/// Measures how well a model answers rows whose answers are known.
///
/// ```swift
/// let evaluator = try TableEvaluator(TrainedModel("speakers-run"))
/// print(try evaluator.evaluate(try TableFile.read("others.csv")))
/// ```
public final class TableEvaluator {
  /// What the model has learned.
  public var task: TableTask { predictor.task }

  private let predictor: TablePredictor
  private let network: Network
  private let threads: Int

  /// An evaluator of a trained model.
  ///
  /// - Parameters:
  ///   - model: a model of a table.
  ///   - threads: how many to use; 0 means all cores. The measures never depend on it.
  /// - Throws: `OtherMaterialError` if it is no model of a table.
  public init(_ model: TrainedModel, threads: Int = 0) throws {
    predictor = try TablePredictor(model, threads: threads)
    network = model.network
    self.threads = threads
  }

  /// Evaluates the rows of a table.
  ///
  /// - Parameters:
  ///   - table: rows with their answers.
  ///   - places: those rows only, ascending, at least one; nil: all.
  ///   - beam: how many sequences a decoder follows side by side.
  /// - Throws: ``TableError`` or ``TableTaskError``, as where a target has a label that the model cannot predict.
  public func evaluate(
    _ table: Table, rows places: [Int]? = nil, beam: Int = 1
  ) throws -> TableEvaluation {
    let rows = try task.rows(of: table, at: places)
    return TableEvaluation(
      rows: rows.places.count, leftOut: rows.leftOut.count,
      loss: try RowEvaluator(network, rows: rows.corpus, threads: threads).evaluate().loss,
      measures: try task.scheme.hasDecoder
        ? sequences(rows, of: table, beam: beam) : measures(rows, of: table))
  }

  private func measures(_ rows: TaskRows, of table: Table) throws -> TableEvaluation.Measures {
    let corpus = rows.corpus
    let outputs = predictor.predictor.outputs(of: corpus.inputs, frames: corpus.frames)
    switch task.target {
    case .label:
      var matrix = ConfusionMatrix(classes: task.target.size)
      for (row, steps) in outputs.enumerated() {
        for (target, step) in zip(corpus.targets[row], steps) {
          matrix.add(target: Int(target), prediction: step.mostProbable)
        }
      }
      return .classes(matrix)
    case .text, .symbols:
      var accuracy = TokenAccuracy()
      for (row, steps) in outputs.enumerated() {
        accuracy.add(steps.map { Int32($0.mostProbable) }, targets: Array(corpus.targets[row]))
      }
      return .steps(accuracy)
    case .labels:
      var sets = LabelSetMeasures(labels: task.target.size)
      for (row, steps) in outputs.enumerated() {
        for (target, step) in zip(corpus.targets[row], steps) {
          let labels = corpus.targetFrames?[Int(target)] ?? []
          sets.add(step.map { $0 >= 0.5 }, target: labels.map { $0 >= 0.5 })
        }
      }
      return .sets(sets)
    case .numbers(let scale), .sequence(let scale):
      // Compared with what stands in the table: frames are rounded.
      let targets = try task.targetSide.values(in: table.rows(at: rows.places))
      return .numbers(Self.numbers(outputs, targets, scale))
    }
  }

  private static func numbers(
    _ outputs: [[[Float]]], _ targets: [RowValue], _ scale: NumberScale
  ) -> [RegressionMeasures] {
    var measures = Array(repeating: RegressionMeasures(), count: scale.size)
    for case (let steps, .numbers(let right)) in zip(outputs, targets) {
      for (step, numbers) in zip(steps, right) {
        for (column, predicted) in scale.original(step).enumerated() {
          measures[column].add(predicted, target: numbers[column])
        }
      }
    }
    return measures
  }

  /// Rows with the same input are predicted once.
  private func sequences(
    _ rows: TaskRows, of table: Table, beam: Int
  ) throws -> TableEvaluation.Measures {
    let corpus = rows.corpus
    var places: [RowValue: Int] = [:]
    var inputs = RowSequences()
    var references: [[[Int32]]] = []
    let values = try task.inputSide.values(in: table.rows(at: rows.places))
    for (row, value) in values.enumerated() {
      let place = places[value] ?? references.count
      if place == references.count {
        places[value] = place
        inputs.append(corpus.inputs[row])
        references.append([])
      }
      references[place].append(Array(corpus.targets[row]))
    }
    let predicted = predictor.predictor.sequences(
      answering: inputs, frames: corpus.frames, longest: task.longestTarget, beam: beam)
    var measures = SequenceMeasures()
    for (sequences, references) in zip(predicted, references) {
      measures.add(sequences.first?.tokens ?? [], references: references)
    }
    return .sequences(measures)
  }
}
