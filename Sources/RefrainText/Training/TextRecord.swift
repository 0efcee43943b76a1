public import Refrain
public import RefrainRuns

/// What a text model's file tells of the text that it was trained with.
public struct TextRecord: MaterialRecord {
  /// The files of the text.
  public let corpus: CorpusManifest
  /// The files of a validation text of its own; nil where there is none.
  public let validation: CorpusManifest?
  /// The share of the tokens at the end that is kept for validation.
  public let validationFraction: Double
  /// Steps between two samples; 0: one at each evaluation.
  public var sampleEvery: Int
  /// Models of the last evaluations to keep; nil: none.
  public var keep: Int?

  /// Tokens of the validation part; 0 where there is none.
  public var validationTokens: Int {
    validation?.tokens ?? Int((Double(corpus.tokens) * validationFraction).rounded())
  }

  /// Whether the numbers belong to each other and to the network: a file can say anything.
  public func isPossible(with description: ModelDescription) -> Bool {
    (0..<1).contains(validationFraction)
  }
}
