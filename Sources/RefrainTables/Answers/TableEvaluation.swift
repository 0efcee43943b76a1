/// How well a model answers rows whose answers are known.
public struct TableEvaluation: Equatable, Sendable {
  /// What is measured, by what the model predicts.
  public enum Measures: Equatable, Sendable {
    /// Of classes: one example per row.
    case classes(ConfusionMatrix)
    /// Of sets of labels, of which those of a probability of at least 0.5 are predicted.
    case sets(LabelSetMeasures)
    /// Of numbers in their own unit, column by column: one prediction per row and step.
    case numbers([RegressionMeasures])
    /// Of what is predicted in step.
    case steps(TokenAccuracy)
    /// Of what a decoder predicts: one prediction for each different input, for which the target of any row with
    /// that input is right.
    case sequences(SequenceMeasures)
  }

  /// The number of rows.
  public let rows: Int
  /// Rows that were left out, because they are too long.
  public let leftOut: Int
  /// The mean loss, in nats per token or class, in nats for all labels of a set together, or as the squared
  /// error of numbers whose deviation is 1.
  public let loss: Double
  /// What else is measured.
  public let measures: Measures
}

extension TableEvaluation: CustomStringConvertible {
  /// The measures in one line.
  public var description: String {
    var parts = ["\(rows) rows", "loss \(loss.rounded3)"]
    switch measures {
    case .classes(let matrix):
      parts += ["accuracy \(matrix.accuracy.rounded3)", "macro F1 \(matrix.macroF1.rounded3)"]
    case .sets(let sets):
      parts += [
        "micro F1 \(sets.microF1.rounded3)", "macro F1 \(sets.macroF1.rounded3)",
        "exact \(sets.exactMatchRate.rounded3)",
      ]
    case .numbers(let columns):
      for column in columns {
        parts += [
          "mean absolute error \(column.meanAbsoluteError.rounded3)",
          "root mean squared error \(column.rootMeanSquaredError.rounded3)",
          "R² \(column.determination.rounded3)",
        ]
      }
    case .steps(let accuracy):
      parts += [
        "accuracy \(accuracy.value.rounded3)",
        "whole sequences right \(accuracy.perfectShare.rounded3)",
      ]
    case .sequences(let sequences):
      parts += [
        "exact \(sequences.exactMatchRate.rounded3)",
        "token error rate \(sequences.errorRate.rounded3)",
      ]
    }
    return parts.joined(separator: ", ")
  }
}

extension Double {
  fileprivate var rounded3: Double { (self * 1000).rounded() / 1000 }
}
