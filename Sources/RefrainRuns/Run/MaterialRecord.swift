internal import Foundation
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

extension ModelFile {
  /// What the file tells of the inputs, if the model has learned `material`.
  ///
  /// - Parameter path: what errors call the file.
  /// - Throws: ``OtherMaterialError`` if it has learned something else, ``ModelFileError`` if what it tells
  ///   cannot be.
  public func record<M: Material>(of material: M.Type, path: String) throws -> M.Record {
    guard let text = information[M.name] else {
      throw OtherMaterialError(path: path, material: M.name, learned: materialName)
    }
    guard let record = try? JSONDecoder().decode(M.Record.self, from: Data(text.utf8)),
      record.sampleEvery >= 0, (record.keep ?? 0) >= 0,
      record.isPossible(with: network.description)
    else {
      throw ModelFileError.damaged(path: path, what: "what it tells of its \(M.name) cannot be")
    }
    return record
  }

  /// Whether the model was trained on `material` by a ``Run``.
  public func hasLearned<M: Material>(_ material: M.Type) -> Bool { information[M.name] != nil }

  /// The name of the material that the model was trained on; nil where no run has made it.
  public var materialName: String? { information.keys.min() }
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
