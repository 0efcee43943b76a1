internal import Foundation
public import Refrain

/// A model that a training has made, to be used or to begin another training with.
public struct TrainedModel: Sendable {
  /// The path of its file.
  public let path: String
  /// What the file holds.
  public let file: ModelFile

  /// The network.
  public var network: Network { file.network }

  /// Reads the best model of a run folder, or a model file.
  ///
  /// - Throws: ``RunFolderError``, ``/Refrain/ModelFileError``, ``/RefrainFiles/FileError``.
  public init(_ path: String) throws {
    self.path = try RunFolder.model(at: path)
    file = try ModelFile(contentsOf: self.path)
  }

  /// A model that has been read from the file `path`.
  package init(_ file: ModelFile, path: String) {
    (self.file, self.path) = (file, path)
  }

  /// What the file tells of the inputs, if the model has learned `material`.
  ///
  /// - Throws: ``OtherMaterialError`` if it has learned something else, ``/Refrain/ModelFileError`` if what it tells
  ///   cannot be.
  public func record<M: Material>(of material: M.Type) throws -> M.Record {
    guard let text = file.information[M.name] else {
      throw OtherMaterialError(path: path, material: M.name, learned: file.materialName)
    }
    guard let record = try? JSONDecoder().decode(M.Record.self, from: Data(text.utf8)),
      record.sampleEvery >= 0, (record.keep ?? 0) >= 0,
      record.isPossible(with: network.description)
    else {
      throw ModelFileError.damaged(path: path, what: "what it tells of its \(M.name) cannot be")
    }
    return record
  }
}

extension ModelFile {
  /// Whether the model was trained on `material` by a ``Run``.
  public func hasLearned<M: Material>(_ material: M.Type) -> Bool { information[M.name] != nil }

  /// The name of the material that the model was trained on; nil where no run has made it.
  public var materialName: String? { information.keys.min() }
}
