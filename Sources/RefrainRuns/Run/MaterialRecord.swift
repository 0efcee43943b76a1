public import Refrain

/// What a model file tells of the inputs that the model has learned: enough to use the model, and to open the
/// inputs again. A JSON object under the material's name.
public protocol MaterialRecord: Codable, Sendable {
  /// Steps between two samples; 0: one at each evaluation.
  var sampleEvery: Int { get set }
  /// Models of the last evaluations to keep besides the best and the last; nil: none.
  var keep: Int? { get set }

  /// Whether it belongs to a network: a file can say anything.
  func isPossible(with description: ModelDescription) -> Bool

  /// Takes in how the training is configured, with the batch and the length that the inputs allow, where the
  /// material's models need that later; by itself, nothing.
  mutating func adapt(to configuration: TrainingConfiguration)
}

extension MaterialRecord {
  /// Takes in how the training is configured.
  public mutating func adapt(to configuration: TrainingConfiguration) {}
}

/// A model has learned another material than the one that is needed.
public struct OtherMaterialError: Error, Equatable, CustomStringConvertible {
  /// The model's file.
  public let path: String
  /// What is needed.
  public let material: String
  /// What the model has learned; nil where its file does not tell.
  public let learned: String?

  /// An error about the model in the file `path`.
  public init(path: String, material: String, learned: String?) {
    (self.path, self.material, self.learned) = (path, material, learned)
  }

  /// One sentence.
  public var description: String {
    guard let learned else {
      return "\(path) is no \(material) model: it does not tell what it was trained on."
    }
    return "\(path) is a \(learned) model, not a \(material) model."
  }
}
