internal import Foundation

/// What a model answers to a row.
public struct TableAnswer: Equatable, Sendable {
  /// A label or token, and how probable it is.
  public struct Choice: Equatable, Sendable {
    /// The label, or what the token is written as.
    public let name: String
    /// In 0…1.
    public let probability: Double
  }

  /// A sequence that was predicted, and how probable it is.
  public struct Prediction: Equatable, Sendable {
    /// As people write it.
    public let text: String
    /// The natural logarithm of the probability of all of it, its end included.
    public let logProbability: Double
    /// False where it was given up before its end.
    public let hasEnded: Bool
    /// In 0…1.
    public var probability: Double { exp(logProbability) }
  }

  /// The answer, by what the model predicts.
  public enum Value: Equatable, Sendable {
    /// The most probable labels, the most probable first.
    case label([Choice])
    /// All labels, the most probable first; those of at least 0.5 are predicted.
    case labels([Choice])
    /// Numbers in their own unit: for each step, one for each column. `[T][K]`
    case numbers([[Double]])
    /// In step: the most probable token of each step.
    case steps([Choice])
    /// What a decoder predicts, the most probable first.
    case sequences([Prediction])
  }

  /// The most probable answer, as people write it.
  public let text: String
  /// The answer with its probabilities.
  public let value: Value
}
